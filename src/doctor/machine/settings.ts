import { closest } from '../../model/closest.ts';
import type { MachineSubject } from '../facts/machine.ts';
import { type Check, type Remark, remark } from '../host/check.ts';

/** What the suite and its tools read; no business of the command line. */
const FOREIGN = /^KPLUGIN_(TEST|E2E|SHARED|BENCH)(_|$)/;

/** Variables that hold a secret, or may. */
const SECRET = /(?:TOKEN|PASS\w{0,64}|SECRET|KEY|PROXY)$/;

/** What has no flag. */
const NO_FLAG = /^KPLUGIN_(CONFIG|TOKEN|PROXY)$/;

/** kplugin's settings in the environment: what they say, and those that nobody reads. */
export const settings: Check<MachineSubject> = {
  id: 'machine-settings',
  asks: 'the settings in the environment',
  async look({ machine }) {
    // Secrets answer to their names only, and are in no list.
    const set = [...new Set([...Object.keys(machine.env), ...machine.variables])]
      .filter((name) => name.startsWith('KPLUGIN_') && !FOREIGN.test(name))
      .flatMap((name) => (machine.env[name] ? [[name, machine.env[name]] as const] : []))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (set.length === 0) {
      return [
        remark('machine-settings', 'ok', 'no setting comes from the environment (KPLUGIN_…)'),
      ];
    }
    return set.map(([name, value = '']) => described(name, value, machine.variables));
  },
};

function described(name: string, value: string, known: readonly string[]): Remark {
  if (known.includes(name)) {
    // Whatever has an "@" may be an address with a password.
    const shown = SECRET.test(name) || value.includes('@') ? ' is set' : `=${value}`;
    return remark(
      'machine-settings',
      'ok',
      `${name}${shown}, from the environment${NO_FLAG.test(name) ? '' : '; a flag outweighs it'}`,
    );
  }
  const meant = closest(name, known);
  const hint = meant === null ? `unset ${name}` : `${meant} is one: rename it`;
  return remark(
    'machine-settings-unknown',
    'warning',
    `${name} is set, and kplugin knows no such variable`,
    hint,
  );
}
