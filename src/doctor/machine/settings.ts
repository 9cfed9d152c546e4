import { closest } from '../../model/closest.ts';
import type { MachineSubject } from '../facts/machine.ts';
import { type Check, type Remark, remark } from '../host/check.ts';

/** Variables of kplugin's tests and tools, which the command line does not read. */
const FOREIGN = /^KPLUGIN_(TEST|E2E|SHARED|BENCH)(_|$)/;

/** Variables that hold a secret, or may. */
const SECRET = /(?:TOKEN|PASS\w{0,64}|SECRET|KEY|PROXY)$/;

/** Variables without a flag. */
const NO_FLAG = /^KPLUGIN_(CONFIG|TOKEN|PROXY)$/;

/** kplugin's settings in the environment: their values, and those that kplugin does not read. */
export const settings: Check<MachineSubject> = {
  id: 'machine-settings',
  asks: 'the settings in the environment',
  async look({ machine }) {
    // A secret must match its name exactly and is in no list.
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
    // A value with an "@" may be an address with a password.
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
