import { type Command, row } from './command.ts';
import { add } from './commands/add.ts';
import { describe } from './commands/describe.ts';
import { dev } from './commands/dev.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { history } from './commands/history.ts';
import { init } from './commands/init.ts';
import { inspect } from './commands/inspect.ts';
import { install } from './commands/install.ts';
import { list } from './commands/list.ts';
import { pack } from './commands/pack.ts';
import { remove } from './commands/remove.ts';
import { restart } from './commands/restart.ts';
import { rollback } from './commands/rollback.ts';
import { schema } from './commands/schema.ts';
import { serve } from './commands/serve.ts';
import { status } from './commands/status.ts';
import { test } from './commands/test.ts';
import { validate } from './commands/validate.ts';
import { HOST_COMMANDS } from './host-commands.ts';

/** Every command in the order of help: the one list from which help, flags and environment variables come. */
export const COMMANDS: readonly Command[] = [
  row(init, () => import('./actions/init.ts')),
  row(add, () => import('./actions/add.ts')),
  row(validate, () => import('./actions/validate.ts')),
  row(test, () => import('./actions/test.ts')),
  row(dev, () => import('./actions/dev.ts')),
  row(pack, () => import('./actions/pack.ts')),
  row(inspect, () => import('./actions/inspect.ts')),
  row(serve, () => import('./actions/serve.ts')),
  row(install, () => import('./actions/install.ts')),
  row(rollback, () => import('./actions/rollback.ts')),
  row(restart, () => import('./actions/restart.ts')),
  row(remove, () => import('./actions/remove.ts')),
  row(list, () => import('./actions/list.ts')),
  row(describe, () => import('./actions/describe.ts')),
  row(status, () => import('./actions/status.ts')),
  ...HOST_COMMANDS,
  row(diff, () => import('./actions/diff.ts')),
  row(history, () => import('./actions/history.ts')),
  row(schema, () => import('./actions/schema.ts')),
  row(doctor, () => import('./actions/doctor.ts')),
  row(explain, () => import('./actions/explain.ts')),
];
