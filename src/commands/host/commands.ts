import { type Command, row } from '../../cli/command.ts';
import { hostAdd } from './add/command.ts';
import { hostKeygen } from './keygen/command.ts';
import { hostList } from './list/command.ts';
import { hostRemove } from './remove/command.ts';
import { hostShow } from './show/command.ts';
import { hostTest } from './test/command.ts';
import { hostUse } from './use/command.ts';

/** The commands of `kplugin host`, in the order of its help. */
export const HOST_COMMANDS: readonly Command[] = [
  row(hostAdd, () => import('./add/run.ts')),
  row(hostList, () => import('./list/run.ts')),
  row(hostShow, () => import('./show/run.ts')),
  row(hostTest, () => import('./test/run.ts')),
  row(hostUse, () => import('./use/run.ts')),
  row(hostRemove, () => import('./remove/run.ts')),
  row(hostKeygen, () => import('./keygen/run.ts')),
];
