import type { Context } from '../../cli/context.ts';
import type { HostConnection } from '../../client/host-client.ts';
import { explainPrecedence, type SettingInForce } from '../../hosts/precedence.ts';
import { type HostChoice, resolveHosts } from '../../hosts/resolve.ts';
import { closest } from '../../model/closest.ts';
import { KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { Machine, MachineSubject } from '../facts/machine.ts';
import { type Check, type Remark, remark } from '../host/doctor-check.ts';

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

interface NamedHosts {
  /** Empty when none is named, or when the settings cannot be read. */
  readonly hosts: readonly HostConnection[];
  /** Problems of the settings; doctor reports them and does not fail because of them. */
  readonly remarks: readonly Remark[];
}

/** Returns the hosts to check. Throws exit 2 for a typed name that is no host. */
export function namedHosts(flags: HostChoice, context: Context): NamedHosts {
  try {
    return { hosts: resolveHosts(flags, context), remarks: [] };
  } catch (thrown) {
    const isTyped = flags.host.length > 0 || (flags.group ?? []).length > 0;
    if (!(thrown instanceof KpluginError) || isTyped) throw thrown;
    if (thrown.code === 'missing-host') return { hosts: [], remarks: [] };
    const { message, hint } = thrown;
    return { hosts: [], remarks: [remark('machine-hosts', 'error', message, hint)] };
  }
}

/**
 * Reports which settings apply to the hosts, where each comes from and what it overrides; and files with secrets that
 * other users can read. Never shows secrets.
 */
export async function settingsInForce(
  flags: HostChoice,
  machine: Machine,
  context: Context,
): Promise<readonly Remark[]> {
  const { file, named, notes, hosts } = explainPrecedence(flags, context);
  const lines = hosts.flatMap(({ label, settings: own }) =>
    own.map((one) => inForce(one, hosts.length > 1 ? `${label}: ` : '')),
  );
  const known = named === 1 ? '1 named host' : `${named} named hosts`;
  return [
    ...lines,
    remark('machine-hosts', 'ok', `${file}: ${named === 0 ? 'no named hosts' : known}`),
    ...notes.map((note) => remark('machine-hosts', 'warning', note, 'kplugin host list')),
    ...(await openFiles(
      [file, ...hosts.flatMap((host) => host.settings.flatMap(fileOf))],
      machine,
    )),
  ];
}

function inForce({ setting, value, from, outweighs }: SettingInForce, who: string): Remark {
  const over = outweighs.length === 0 ? '' : `; outweighs ${outweighs.join(', ')}`;
  const text = `${who}${setting}: ${value} (from ${from || 'nowhere'}${over})`;
  return remark('machine-setting', 'ok', text);
}

/** The files of private keys and tokens: certificates are no secret. */
function fileOf({ setting, value }: SettingInForce): string[] {
  if (setting === 'its key') return [value];
  if (setting !== 'token') return [];
  return [/^(?:in|signed with) (.+)$/.exec(value)?.[1] ?? ''].filter((file) => file !== '');
}

async function openFiles(files: readonly string[], machine: Machine): Promise<Remark[]> {
  if (machine.platform === 'win32') return [];
  const modes = await Promise.all(
    files.map(async (file) => ({ file, mode: await machine.modeOf(file) })),
  );
  return modes.flatMap(({ file, mode }) => {
    if (mode === null || (mode & 0o077) === 0) return [];
    const text = `${file} can be read by others on this machine (mode ${mode.toString(8)})`;
    return [remark('machine-secret-file', 'warning', text, `chmod 600 ${fileWord(file)}`)];
  });
}
