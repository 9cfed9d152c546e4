import type { HostInfo, Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { plainLine } from '../../client/http/text.ts';
import { has } from '../../model/behaviours.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { isSameRegistration } from '../record/record.ts';
import { uploadNameOf } from '../record/upload-name.ts';
import type { ChangeRun } from './change.ts';
import type { InstallPlan } from './plan.ts';
import { symbolChanges } from './symbol-changes.ts';

/** The step of a change that checks that the wanted package runs. Throws as {@link verify}. */
export async function verifyWanted({ client, plan, wanted, symbols }: ChangeRun): Promise<object> {
  await verify(client, plan.info, wanted, symbols);
  return {};
}

/**
 * Checks that the plugin has this registration and that the host has its symbols. `symbols`: declared by the package;
 * null when they are not known. Resolves to the registration of every plugin. Throws HostFailure; `conflicting` when
 * another client has registered another package meanwhile.
 */
export async function verify(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  symbols: readonly PluginSymbol[] | null,
): Promise<ReadonlyMap<string, Registration>> {
  const { name } = wanted;
  const plugin = await client.plugin(name);
  const all = has(info.version, 'exports-registrations')
    ? await client.registrations()
    : new Map<string, Registration>();
  if (plugin === null) throw conflicting(client, name, null);
  refuseOther(client, info, wanted, all);
  if (symbols === null) return all;
  const { added, removed } = symbolChanges(plugin, { name, symbols });
  const odd = [...added, ...removed].map(({ kind, name: symbol }) => `${kind} ${symbol}`);
  if (odd.length > 0) throw otherSymbols(client, name, odd);
  return all;
}

/**
 * Throws HostFailure `conflicting` when a plugin has another registration than the expected one; does nothing where
 * the host does not export registrations.
 */
export function refuseOther(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  all: ReadonlyMap<string, Registration>,
): void {
  const now = all.get(wanted.name) ?? null;
  if (!has(info.version, 'exports-registrations') || isSameRegistration(now, wanted)) return;
  throw conflicting(client, wanted.name, now);
}

/**
 * Throws HostFailure `conflicting` when the plugin was installed from another package since the plan was made (a
 * prompt and an upload take time): this change would replace it, and the rollback would not restore it.
 */
export async function refuseMeanwhile(
  client: HostClient,
  { info, name, present }: Pick<InstallPlan, 'info' | 'name' | 'present'>,
): Promise<void> {
  if (!has(info.version, 'exports-registrations')) return;
  const now = (await client.registrations()).get(name) ?? null;
  if (!isSameRegistration(now, present?.registration ?? null)) throw conflicting(client, name, now);
}

function conflicting(client: HostClient, name: string, now: Registration | null): HostFailure {
  const host = client.address.label;
  const what = now === null ? 'took it away' : `registered ${plainLine(uploadNameOf(now.file))}`;
  return new HostFailure({
    kind: 'refused',
    code: 'conflicting',
    message: `somebody else ${what} on ${host} while ${name} was being installed`,
    reason: 'in eKuiper the last registration wins; kplugin does not register over it',
    hint: `see what is there: kplugin describe ${pluginAt(name, host)}`,
  });
}

function otherSymbols(client: HostClient, name: string, odd: readonly string[]): HostFailure {
  return new HostFailure({
    kind: 'refused',
    code: 'other-symbols',
    message: `${client.address.label} has ${name} with other symbols than the package declares: ${odd.join(', ')}`,
    reason: 'the manifest in the zip differs from the one that was validated',
    hint: 'pack it again and install that',
  });
}
