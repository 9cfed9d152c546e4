import { type Command, row } from '../cli/command.ts';
import { add } from './add/command.ts';
import { describe } from './describe/command.ts';
import { dev } from './dev/command.ts';
import { diff } from './diff/command.ts';
import { doctor } from './doctor/command.ts';
import { explain } from './explain/command.ts';
import { history } from './history/command.ts';
import { HOST_COMMANDS } from './host/commands.ts';
import { init } from './init/command.ts';
import { inspect } from './inspect/command.ts';
import { install } from './install/command.ts';
import { list } from './list/command.ts';
import { pack } from './pack/command.ts';
import { remove } from './remove/command.ts';
import { restart } from './restart/command.ts';
import { rollback } from './rollback/command.ts';
import { schema } from './schema/command.ts';
import { serve } from './serve/command.ts';
import { status } from './status/command.ts';
import { test } from './test/command.ts';
import { validate } from './validate/command.ts';

/** Every command in the order of help: the one list from which help, flags and environment variables come. */
export const COMMANDS: readonly Command[] = [
  row(init, () => import('./init/run.ts')),
  row(add, () => import('./add/run.ts')),
  row(validate, () => import('./validate/run.ts')),
  row(test, () => import('./test/run.ts')),
  row(dev, () => import('./dev/run.ts')),
  row(pack, () => import('./pack/run.ts')),
  row(inspect, () => import('./inspect/run.ts')),
  row(serve, () => import('./serve/run.ts')),
  row(install, () => import('./install/run.ts')),
  row(rollback, () => import('./rollback/run.ts')),
  row(restart, () => import('./restart/run.ts')),
  row(remove, () => import('./remove/run.ts')),
  row(list, () => import('./list/run.ts')),
  row(describe, () => import('./describe/run.ts')),
  row(status, () => import('./status/run.ts')),
  ...HOST_COMMANDS,
  row(diff, () => import('./diff/run.ts')),
  row(history, () => import('./history/run.ts')),
  row(schema, () => import('./schema/run.ts')),
  row(doctor, () => import('./doctor/run.ts')),
  row(explain, () => import('./explain/run.ts')),
];
