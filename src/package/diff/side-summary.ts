import { unreadManifest } from '../identity.ts';
import type { PluginFacts } from './plugin-facts.ts';
import type { PluginSide } from './plugin-side.ts';

/** Who one of the two is. Sizes in bytes, digests in hex. */
export interface SideSummary {
  readonly label: string;
  readonly form: 'directory' | 'zip';
  readonly facts: PluginFacts;
  readonly files: number;
  readonly unpackedSize: number;
  /** The same for the same content, whoever packed it; null where some of it cannot be read. */
  readonly contentDigest: string | null;
  /** Why the manifest cannot be read; left out where it can, and where there is none. */
  readonly unread?: string;
}

/** What is said of a side once its files were read. */
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

/** Why nobody knows who a side is; null where its manifest was read, and where it has none. */
export function unreadIn({
  facts,
  problems,
}: Pick<PluginSide, 'facts' | 'problems'>): string | null {
  return facts.name === null ? unreadManifest(problems) : null;
}
