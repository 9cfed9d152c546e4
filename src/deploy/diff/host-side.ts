import { posix } from 'node:path';
import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import { type HostExport, NOTHING_EXPORTED } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { has } from '../../model/behaviours.ts';
import { cleanPath } from '../../model/clean-path.ts';
import type { PluginFacts } from '../../package/diff/identity-changes.ts';
import type { Present } from '../change/present.ts';
import type { HealthState } from '../health.ts';
import { type ListedPlugin, listPlugins } from '../plugins/host-plugins.ts';
import { type HostRecord, isSameRegistration } from '../record/host-record.ts';
import { recordIn } from '../record/record-store.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/** Identifies a host. */
export interface HostSummary {
  readonly label: string;
  readonly ekuiper: string;
  readonly os: string | null;
  readonly arch: string | null;
}

/** What a host reports about a plugin, without its symbols. */
export interface InstalledSummary {
  readonly facts: PluginFacts;
  readonly state: HealthState;
  /** The name of the zip it was installed from; null when the host does not report it. */
  readonly upload: string | null;
  /** The content digest, hex, perhaps only the first eight digits; null for a package that kplugin did not upload. */
  readonly digest: string | null;
  /** The arguments of install.sh. */
  readonly shellParas: readonly string[];
}

/** A plugin as its host reports it. */
export interface ReadPlugin {
  readonly present: Present;
  readonly summary: InstalledSummary;
}

/** The state of a host, for a comparison with another host. */
export interface ReadHost {
  readonly client: HostClient;
  readonly info: HostInfo;
  readonly summary: HostSummary;
  readonly plugins: ReadonlyMap<string, ReadPlugin>;
}

/** Reads all plugins of a host, their states and their registrations. Throws HostFailure. */
export async function readHost(client: HostClient): Promise<ReadHost> {
  const { info, plugins } = await listPlugins(client);
  const exported = has(info.version, 'exports-registrations')
    ? await client.exported()
    : NOTHING_EXPORTED;
  return {
    client,
    info,
    summary: hostSummary(client, info),
    plugins: new Map(plugins.map((listed) => [listed.plugin.name, readPlugin(listed, exported)])),
  };
}

function readPlugin({ plugin, health }: ListedPlugin, exported: HostExport): ReadPlugin {
  const registration = exported.registrations.get(plugin.name) ?? null;
  const present = { plugin, registration, health };
  const { record } = recordIn(exported.files, plugin.name);
  const digest = digestOnHost(plugin.name, registration, record);
  return { present, summary: installedSummary(present, digest) };
}

export function hostSummary(client: HostClient, { version, os, arch }: HostInfo): HostSummary {
  return { label: client.address.label, ekuiper: version, os, arch };
}

export function installedSummary(
  { plugin, registration, health }: Present,
  digest: string | null,
): InstalledSummary {
  return {
    facts: installedFacts(plugin),
    state: health.state,
    upload: registration === null ? null : plainLine(uploadNameOf(registration.file)),
    digest,
    shellParas: registration?.shellParas ?? [],
  };
}

/** The manifest facts of an installed plugin; its executable as in the manifest, not the absolute path on the host. */
export function installedFacts(plugin: InstalledPlugin): PluginFacts {
  const { name, version, language, executable, virtualEnvType, env } = plugin;
  return {
    name,
    version: version === '' ? null : version,
    language: language === '' ? null : language,
    executable: executableIn(executable, name),
    virtualEnvType,
    env,
    arch: null,
  };
}

/** `/kuiper/plugins/portable/pysam/bin/run` → `bin/run`; eKuiper unpacks to `<plugins>/portable/<name>/`. */
function executableIn(path: string, name: string): string | null {
  if (path === '') return null;
  const slashed = path.replaceAll('\\', '/');
  const folder = `/${name}/`;
  const at = slashed.lastIndexOf(`/portable${folder}`);
  if (at >= 0) return slashed.slice(at + '/portable'.length + folder.length);
  return posix.basename(slashed);
}

/** Converts the facts of a package to the form that a host reports: `./main.py` becomes `main.py`. */
export function factsAsInstalled(facts: PluginFacts): PluginFacts {
  const { executable } = facts;
  return { ...facts, executable: executable === null ? null : cleanPath(executable) };
}

/**
 * Returns the content digest of what a host has registered, hex, perhaps only its first eight digits: from kplugin's
 * record, else from the upload name. Null for a package that kplugin did not upload.
 */
export function digestOnHost(
  name: string,
  registration: Registration | null,
  record: HostRecord | null,
): string | null {
  if (registration === null) return null;
  const entry = record?.entries.find((one) => isSameRegistration(one.registration, registration));
  if (entry !== undefined && entry.digest !== '') return entry.digest;
  return parseUploadName(uploadNameOf(registration.file), name)?.digest ?? null;
}

/** Whether two contents are the same; `unknown` when a digest is missing. */
export type Verdict = 'same' | 'different' | 'unknown';

/** Compares two digests up to the length of the shorter one. */
export function sameContent(before: string | null, after: string | null): Verdict {
  if (before === null || after === null) return 'unknown';
  const digits = Math.min(before.length, after.length);
  return before.slice(0, digits) === after.slice(0, digits) ? 'same' : 'different';
}
