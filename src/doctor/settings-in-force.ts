import type { Context } from '../cli/context.ts';
import { explainPrecedence, type SettingInForce } from '../hosts/precedence.ts';
import type { HostChoice } from '../hosts/resolve.ts';
import { fileWord } from '../model/shell-word.ts';
import type { Machine } from './facts/machine.ts';
import { type Remark, remark } from './host/check.ts';

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
  const settings = hosts.flatMap((host) => host.settings);
  const lines = hosts.flatMap(({ label, settings: own }) =>
    own.map((one) => inForce(one, hosts.length > 1 ? `${label}: ` : '')),
  );
  const known = named === 1 ? '1 named host' : `${named} named hosts`;
  return [
    ...lines,
    remark('machine-hosts', 'ok', `${file}: ${named === 0 ? 'no named hosts' : known}`),
    ...notes.map((note) => remark('machine-hosts', 'warning', note, 'kplugin host list')),
    ...(await openFiles([file, ...settings.flatMap(fileOf)], machine)),
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
