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
}

/** What is said of a side once its files were read. */
export function summaryOf(side: PluginSide, contentDigest: string | null): SideSummary {
  const { label, form, facts, entries } = side;
  const all = [...entries.values()];
  return {
    label,
    form,
    facts,
    files: all.filter(({ kind }) => kind !== 'directory').length,
    unpackedSize: all.reduce((sum, { size }) => sum + size, 0),
    contentDigest,
  };
}
