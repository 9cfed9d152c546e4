import { type Command, row } from './command.ts';
import { hostAdd } from './commands/host/add.ts';
import { hostKeygen } from './commands/host/keygen.ts';
import { hostList } from './commands/host/list.ts';
import { hostRemove } from './commands/host/remove.ts';
import { hostShow } from './commands/host/show.ts';
import { hostTest } from './commands/host/test.ts';
import { hostUse } from './commands/host/use.ts';

/** The commands of `kplugin host`, in the order of its help. */
export const HOST_COMMANDS: readonly Command[] = [
  row(hostAdd, () => import('./actions/host/add.ts')),
  row(hostList, () => import('./actions/host/list.ts')),
  row(hostShow, () => import('./actions/host/show.ts')),
  row(hostTest, () => import('./actions/host/test.ts')),
  row(hostUse, () => import('./actions/host/use.ts')),
  row(hostRemove, () => import('./actions/host/remove.ts')),
  row(hostKeygen, () => import('./actions/host/keygen.ts')),
];
