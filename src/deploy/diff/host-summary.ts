import type { HostInfo } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/text.ts';
import type { PluginFacts } from '../../package/diff/plugin-facts.ts';
import type { Present } from '../change/present.ts';
import type { HealthState } from '../health/health.ts';
import { uploadNameOf } from '../record/upload-name.ts';
import { installedFacts } from './installed-facts.ts';

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
