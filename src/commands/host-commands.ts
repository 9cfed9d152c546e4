import { type Command, row } from '../cli/command.ts';
import { hostAdd } from './host/add/command.ts';
import { hostKeygen } from './host/keygen/command.ts';
import { hostList } from './host/list/command.ts';
import { hostRemove } from './host/remove/command.ts';
import { hostShow } from './host/show/command.ts';
import { hostTest } from './host/test/command.ts';
import { hostUse } from './host/use/command.ts';

/** The commands of `kplugin host`, in the order of its help. */
export const HOST_COMMANDS: readonly Command[] = [
  row(hostAdd, () => import('./host/add/run.ts')),
  row(hostList, () => import('./host/list/run.ts')),
  row(hostShow, () => import('./host/show/run.ts')),
  row(hostTest, () => import('./host/test/run.ts')),
  row(hostUse, () => import('./host/use/run.ts')),
  row(hostRemove, () => import('./host/remove/run.ts')),
  row(hostKeygen, () => import('./host/keygen/run.ts')),
];
