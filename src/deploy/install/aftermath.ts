import type { InstalledPlugin } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import { plainLine, printableJson } from '../text.ts';
import type { InstallPlan, Present } from './plan.ts';

/** What a host has of the plugin after an installation failed. */
export interface Aftermath {
  /** One or two sentences. */
  readonly text: string;
  /** A command that puts the previous version back; null when it is not needed or not known. */
  readonly restore: string | null;
}

/** Asks the host what it has now; says so when it cannot be asked. Never throws HostFailure. */
export async function aftermathOf(client: HostClient, plan: InstallPlan): Promise<Aftermath> {
  const host = client.address.label;
  const now = await client.plugin(plan.name).catch((thrown: unknown) => {
    if (thrown instanceof HostFailure) return 'silent' as const;
    throw thrown;
  });
  if (now === 'silent') {
    const text = `${host} does not answer now, so what it has of ${plan.name} is not known`;
    return { text: `${text}${plan.present ? `; ${before(plan.present)}` : ''}`, restore: null };
  }
  if (now !== null) return registeredNow(client, plan, now);
  if (plan.present === null) return { text: `${host} is as it was before`, restore: null };
  return {
    text:
      `${host} has no plugin ${plan.name} now: eKuiper deletes the old one before it installs the new one; ` +
      before(plan.present),
    restore: restoreCommand(client, plan.present, 'POST'),
  };
}

/** Either the old one, untouched, or the new one, which is of no use. */
async function registeredNow(
  client: HostClient,
  { info, name, present }: InstallPlan,
  now: InstalledPlugin,
): Promise<Aftermath> {
  const version = now.version === '' ? '' : ` ${now.version}`;
  const text = `${client.address.label} has ${name}${version} registered now`;
  if (present === null) return { text, restore: null };
  const known = info.features.export ? await client.registrations().catch(() => null) : null;
  const isOld = (known?.get(name)?.file ?? null) === (present.registration?.file ?? null);
  if (isOld) return { text, restore: null };
  return { text: `${text}; ${before(present)}`, restore: restoreCommand(client, present, 'PUT') };
}

/** What the host had, as a clause. */
export function before({ plugin, registration }: Present): string {
  const version =
    plugin.version === '' ? 'a version without a number' : `version ${plugin.version}`;
  const from = registration === null ? '' : ` from ${plainLine(registration.file)}`;
  return `before, it had ${version}${from}`;
}

/** What eKuiper was once told, told again: works as long as the file is there (real-servers.md N19). */
function restoreCommand(
  client: HostClient,
  { registration }: Present,
  method: 'POST' | 'PUT',
): string | null {
  if (registration === null) return null;
  const { name, file, shellParas } = registration;
  const body = printableJson({ name, file, ...(shellParas.length > 0 ? { shellParas } : {}) });
  const { origin, basePath } = client.address;
  const path = method === 'PUT' ? `/${encodeURIComponent(name)}` : '';
  return `curl -X ${method} ${origin}${basePath}/plugins/portables${path} -d '${body.replaceAll("'", "'\\''")}'`;
}
