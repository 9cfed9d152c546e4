import { atLeastVersion } from '../../model/version.ts';
import type { MachineSubject } from '../facts/machine.ts';
import { type Check, remark } from '../host/check.ts';

const MINIMUM = '20.19.0';

/** kplugin itself and the Node it runs on. */
export const node: Check<MachineSubject> = {
  id: 'machine-node',
  asks: 'Node.js',
  async look({ machine }) {
    const text = `kplugin ${machine.kplugin} on Node.js ${machine.node}`;
    if (atLeastVersion(machine.node, MINIMUM)) return [remark('machine-node', 'ok', text)];
    return [
      remark(
        'machine-node',
        'error',
        `${text}; it needs ${MINIMUM} or newer`,
        'install Node.js 20.19 or newer: https://nodejs.org',
      ),
    ];
  },
};
