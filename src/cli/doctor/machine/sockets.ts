import { type Check, listed, remark } from '../../../deploy/doctor/check.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { MachineSubject } from '../machine.ts';

const FOLDER = '/tmp/';
const SUFFIX = '.ipc';

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
    return [fine, remark('machine-sockets-left', 'warning', text, removal(left, live))];
  },
};

/** A line of a terminal has room for so many words. */
const MOST = 4;
/** Shorter beginnings may be those of strangers' files. */
const LEAST_PREFIX = 5;

/** One short command; where that cannot be, one for the first of them. Nothing that is in use fits its patterns. */
function removal(left: readonly string[], live: readonly string[]): string {
  if (left.length <= MOST) return `rm ${left.map(shellWord).join(' ')}`;
  const words = [...new Set(left.map((file) => patternFor(file, left, live)))];
  const command = `rm ${words.slice(0, MOST).join(' ')}`;
  const rest = words.length <= MOST ? '' : ', then kplugin doctor again for the others';
  // A pattern finds tomorrow what is not there today.
  return `before an eKuiper or a test server starts: ${command}${rest}`;
}

/** The widest pattern that covers the file and nothing that is in use; the file itself where there is none. */
function patternFor(file: string, left: readonly string[], live: readonly string[]): string {
  const name = file.slice(FOLDER.length);
  const least = /^(?:plugin|func)_/.exec(name)?.[0].length ?? LEAST_PREFIX;
  for (let end = least; end < name.length - SUFFIX.length; end += 1) {
    const begin = FOLDER + name.slice(0, end);
    const isFree = !live.some((other) => other.startsWith(begin));
    const covers = left.filter((other) => other.startsWith(begin)).length;
    if (isFree && covers > 1) return `${shellWord(begin)}*${SUFFIX}`;
  }
  return shellWord(file);
}
