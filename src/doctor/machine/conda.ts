import type { MachineSubject } from '../facts/machine.ts';
import { type Check, remark } from '../host/check.ts';

/** conda, checked only when the plugin needs it; the host needs it as well. */
export const conda: Check<MachineSubject> = {
  id: 'machine-conda',
  asks: 'conda',
  async look({ machine, project }) {
    const ran = await machine.run('conda', ['--version']);
    if (ran !== null && ran.code === 0) return [remark('machine-conda', 'ok', ran.out.trim())];
    const text = 'no conda; only plugins with "virtualEnvType": "conda" need it';
    if (project?.conda !== true) return [remark('machine-conda', 'skipped', text)];
    const hint = 'install conda to run it here; eKuiper needs it on the host as well';
    return [
      remark(
        'machine-conda',
        'warning',
        'the plugin here runs in a conda environment, and there is no conda',
        hint,
      ),
    ];
  },
};
