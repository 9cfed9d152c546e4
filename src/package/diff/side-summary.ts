import { unreadManifest } from '../identity.ts';
import type { PluginFacts } from './plugin-facts.ts';
import type { PluginSide } from './plugin-side.ts';

/** Summary of one side. Sizes in bytes, digests in hex. */
export interface SideSummary {
  readonly label: string;
  readonly form: 'directory' | 'zip';
  readonly facts: PluginFacts;
  readonly files: number;
  readonly unpackedSize: number;
  /** The same for the same content, independent of the packer; null when part of it cannot be read. */
  readonly contentDigest: string | null;
  /** Why the manifest cannot be read; omitted when it can be read or is missing. */
  readonly unread?: string;
}

/** Creates the summary of a side after its files were read. */
export function summaryOf(side: PluginSide, contentDigest: string | null): SideSummary {
  const { label, form, facts, entries } = side;
  const unread = unreadIn(side);
  const all = [...entries.values()];
  return {
    label,
    form,
    facts,
    files: all.filter(({ kind }) => kind !== 'directory').length,
    unpackedSize: all.reduce((sum, { size }) => sum + size, 0),
    contentDigest,
    ...(unread === null ? {} : { unread }),
  };
}

/** Why the identity of a side is unknown; null when its manifest was read or is missing. */
export function unreadIn({
  facts,
  problems,
}: Pick<PluginSide, 'facts' | 'problems'>): string | null {
  return facts.name === null ? unreadManifest(problems) : null;
}
