import { type Check, listed, remark } from '../../../deploy/doctor/check.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import type { MachineSubject } from '../machine.ts';

/** /tmp, where eKuiper, kplugin serve and every plugin have their sockets (field-notes.md §1 row 14). */
export const sockets: Check<MachineSubject> = {
  id: 'machine-sockets',
  asks: 'the sockets in /tmp',
  async look({ machine }) {
    if (machine.platform === 'win32') {
      const text = 'kplugin serve, test and dev need Linux or macOS; everything else works here';
      return [remark('machine-sockets', 'skipped', text)];
    }
    if (!(await machine.writable('/tmp'))) {
      const text =
        '/tmp cannot be written, and plugins have their sockets there: serve, test and dev cannot run them';
      return [
        remark(
          'machine-sockets',
          'error',
          text,
          'make it writable, or mount a tmpfs there: docker run --tmpfs /tmp …',
        ),
      ];
    }
    const found = await machine.sockets();
    const live = found.filter(({ alive }) => alive).map(({ path }) => path);
    const left = found.filter(({ alive }) => !alive).map(({ path }) => path);
    const used = live.length === 0 ? '' : `; in use: ${listed(live)}`;
    const fine = remark('machine-sockets', 'ok', `/tmp can be written${used}`);
    if (left.length === 0) return [fine];
    const text = `left over in /tmp, with nobody behind: ${listed(left)}`;
    return [fine, remark('machine-sockets-left', 'warning', text, removal(left))];
  },
};

function removal(left: readonly string[]): string {
  if (left.length <= 4) return `rm ${left.map(shellWord).join(' ')}`;
  return 'while no eKuiper and no test server runs: rm /tmp/plugin_*.ipc /tmp/func_*.ipc';
}
