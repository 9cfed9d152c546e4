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

/** The step of a change that makes sure that what runs is what was meant. Throws as {@link verify}. */
export async function verifyWanted({ client, plan, wanted, symbols }: ChangeRun): Promise<object> {
  await verify(client, plan.info, wanted, symbols);
  return {};
}

/**
 * Makes sure that what runs is what was meant: the registration is this one, and the host has its symbols.
 * `symbols`: what the package declares; null when that is not known. Resolves to what every plugin was registered with.
 * Throws HostFailure: `conflicting` when somebody else registered another package meanwhile.
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

/** Throws HostFailure `conflicting` when a plugin is not registered as it was meant to be, where the host tells that. */
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
 * A question and an upload take their time: throws HostFailure `conflicting` where the host has the plugin from another
 * package now than when the plan was made, which would be lost, as it is no part of the rollback.
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
    reason: 'the last one wins in eKuiper; kplugin does not fight over it',
    hint: `see what is there: kplugin describe ${pluginAt(name, host)}`,
  });
}

function otherSymbols(client: HostClient, name: string, odd: readonly string[]): HostFailure {
  return new HostFailure({
    kind: 'refused',
    code: 'other-symbols',
    message: `${client.address.label} has ${name} with other symbols than the package declares: ${odd.join(', ')}`,
    reason: 'the manifest in the zip says something else than the one that was checked',
    hint: 'pack it again and install that',
  });
}
