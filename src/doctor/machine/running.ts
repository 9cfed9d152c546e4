import { shellWord } from '../../model/shell-word.ts';
import type { MachineSubject } from '../facts/machine.ts';
import { type Check, listed, remark } from '../host/doctor-check.ts';

/** The maximum number of files in one command, so that it can be read before it is run. */
const MOST_REMOVED = 20;

const REST_PORT = 9081;

const SYMBOLS_PORT = 33333;

/** /tmp, where eKuiper, kplugin serve and every plugin create their sockets (docs/ekuiper.md#sockets-in-tmp). */
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

/** Names every file: a pattern could match sockets that came into use meanwhile, and unrelated files. */
function removal(left: readonly string[]): string {
  const named = left.slice(0, MOST_REMOVED);
  const command = `rm ${named.map(shellWord).join(' ')}`;
  return left.length <= MOST_REMOVED
    ? command
    : `${command}\n(then kplugin doctor again for the others)`;
}

/** What listens on the default ports of eKuiper and the test server on this machine. */
export const running: Check<MachineSubject> = {
  id: 'machine-running',
  asks: 'who listens on ports 9081 and 33333',
  async look({ machine }) {
    const [rest, symbols] = await Promise.all([machine.ask(REST_PORT), machine.ask(SYMBOLS_PORT)]);
    const remarks = rest === null ? [] : [remark('machine-running', 'ok', restText(rest))];
    if (symbols !== null) {
      const text = `a test server has its symbol API on 127.0.0.1:${SYMBOLS_PORT}`;
      remarks.push(remark('machine-running-symbols', 'ok', text));
    }
    if (remarks.length > 0) return remarks;
    const text = `nothing listens on 127.0.0.1:${REST_PORT}; kplugin serve starts a test server`;
    return [remark('machine-running', 'ok', text)];
  },
};

function restText(body: string): string {
  const version = /"version"\s*:\s*"([\w.+-]*)"/.exec(body)?.[1];
  if (version === undefined)
    return `something that is no eKuiper listens on 127.0.0.1:${REST_PORT}`;
  return `an eKuiper or a test server (${version}) listens on 127.0.0.1:${REST_PORT}`;
}
