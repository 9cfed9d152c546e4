import type { MachineSubject } from '../facts/machine.ts';
import { type Check, remark } from '../host/check.ts';

const REST = 9081;
const SYMBOLS = 33333;

/** What listens on the default ports of eKuiper and the test server on this machine. */
export const running: Check<MachineSubject> = {
  id: 'machine-running',
  asks: 'who listens on ports 9081 and 33333',
  async look({ machine }) {
    const [rest, symbols] = await Promise.all([machine.ask(REST), machine.ask(SYMBOLS)]);
    const remarks = rest === null ? [] : [remark('machine-running', 'ok', restText(rest))];
    if (symbols !== null) {
      const text = `a test server has its symbol API on 127.0.0.1:${SYMBOLS}`;
      remarks.push(remark('machine-running-symbols', 'ok', text));
    }
    if (remarks.length > 0) return remarks;
    const text = `nothing listens on 127.0.0.1:${REST}; kplugin serve starts a test server`;
    return [remark('machine-running', 'ok', text)];
  },
};

function restText(body: string): string {
  const version = /"version"\s*:\s*"([\w.+-]*)"/.exec(body)?.[1];
  if (version === undefined) return `something that is no eKuiper listens on 127.0.0.1:${REST}`;
  return `an eKuiper or a test server (${version}) listens on 127.0.0.1:${REST}`;
}
