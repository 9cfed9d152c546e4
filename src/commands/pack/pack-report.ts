import { count, modeText, sizeText } from '../../cli/output/number-text.ts';
import { type Cell, dim, good, type View, warn } from '../../cli/output/view.ts';
import type { Decision } from '../../package/plan/plan.ts';
import type { Prepared } from '../../package/prepare.ts';
import {
  howToPackNote,
  searchedInPartNote,
  strictDecisions,
  strictNote,
} from '../../package/strict-decisions.ts';
import type { WrittenZip } from '../../package/write/write-zip.ts';
import type { Comparison, Difference } from '../../package/write-package.ts';

const WORDS: Readonly<Record<Difference['what'], string>> = {
  missing: 'is not in the zip',
  extra: 'is only in the zip',
  content: 'has another content',
  mode: 'has another mode',
  name: 'is written differently',
  order: 'comes in another order',
  unreadable: 'cannot be read',
};

/** The report about a written package. */
export function reportView(zip: WrittenZip, label: string): View {
  const files = zip.entries.filter((entry) => entry.kind === 'file');
  const largest = files.reduce((a, b) => (b.size > a.size ? b : a), { path: '', size: -1 });
  return {
    title: `${label}: ${count(files.length, 'file')}, ${sizeText(zip.unpackedSize)}, packed ${sizeText(zip.size)}`,
    facts: [
      ['largest', files.length > 1 ? `${largest.path}  ${sizeText(largest.size)}` : ''],
      ['sha256', zip.sha256],
      ['content', zip.contentDigest],
    ],
  };
}

/**
 * Warnings about secrets, printed even without `--explain`: excluded files (except those that are always excluded),
 * files packed because an ignore line asks for it, and files searched only in part.
 */
export function secretLines({ plan, identity }: Pick<Prepared, 'plan' | 'identity'>): string[] {
  const inPart = searchedInPartNote(plan);
  const decisions = strictDecisions(plan, identity.name);
  const notes = [...decisions.map(strictNote), howToPackNote(decisions, plan), inPart];
  return notes.flatMap((note) => (note === null ? [] : [`  ${note}`]));
}

/** `--dry-run`: the entries, one per line, and the excluded secrets. */
export function planView(prepared: Prepared): View {
  const { plan } = prepared;
  const total = plan.entries.reduce((sum, entry) => sum + entry.size, 0);
  const files = plan.entries.filter((entry) => entry.kind === 'file').length;
  return {
    table: {
      rows: plan.entries.map((entry) => {
        const folder = entry.kind === 'directory';
        const size = folder ? '' : sizeText(entry.size);
        return [dim(modeText(entry.mode)), size.padStart(8), `${entry.path}${folder ? '/' : ''}`];
      }),
    },
    below: [`${count(files, 'file')}, ${sizeText(total)}`, ...secretLines(prepared)],
  };
}

/** `--explain`: one line for each file and ignored directory. */
export function explainView(decisions: readonly Decision[], below: readonly Cell[]): View {
  return {
    table: {
      rows: decisions.map(({ path, verdict }) => [
        verdict.packed ? good('in ') : warn('out'),
        path,
        dim(whyText(verdict)),
      ]),
    },
    below,
  };
}

/** `.kpluginignore:4 "*.log"`, `defaults ".venv/"`, `strict ".env": such files often hold passwords` … */
function whyText({ list, line, rule, reason, holds, packed }: Decision['verdict']): string {
  if (holds !== undefined && !packed) return `${list}: ${reason}`;
  const plain = list === 'everything' || list === 'manifest' || (list === 'files' && line === null);
  const by = plain ? `${list}: ${rule}` : `${placeText(list, line)} "${rule}"`;
  return reason === undefined ? by : `${by}: ${reason}`;
}

function placeText(list: string, line: number | null): string {
  if (line === null) return list;
  return list === 'files' ? `"files" entry ${line} of .kplugin.json:` : `${list}:${line}`;
}

/** `--check`: the differences, or that there are none. */
export function comparisonView({ identical, differences }: Comparison, label: string): View {
  if (identical) return { lines: [`${label} is what pack writes now, byte for byte`] };
  if (differences.length === 0) {
    return { lines: [`${label} holds what pack writes now; only dates or the compressor differ`] };
  }
  return { lines: differences.map(({ path, what }) => `${path} ${WORDS[what]}`) };
}

/** The plugin's identity in `--json`. */
export function identityData({ identity }: Pick<Prepared, 'identity'>): Record<string, unknown> {
  const { name, version, language, executable, arch } = identity;
  return { name, version, language, executable, arch };
}

/** The plan in `--json`. */
export function planData(prepared: Prepared): Record<string, unknown> {
  const entries = prepared.plan.entries.map(({ path, kind, mode, size }) => ({
    path,
    kind,
    mode: modeText(mode),
    size,
  }));
  return {
    ...identityData(prepared),
    fileName: prepared.fileName,
    entries,
    ...strictData(prepared),
  };
}

/**
 * Files excluded as possible secrets, files that are packed because an ignore line asks for it, and files that were
 * searched only in part.
 */
export function strictData({ plan, identity }: Prepared): Record<string, unknown> {
  const decisions = strictDecisions(plan, identity.name);
  return {
    leftOut: decisions.filter(({ verdict }) => !verdict.packed).map(decisionData),
    packedOnRequest: decisions.filter(({ verdict }) => verdict.packed).map(decisionData),
    searchedInPart: plan.searchedInPart,
  };
}

function decisionData({ path, verdict: { list, line, rule, reason } }: Decision): object {
  return { path, list, line, rule, reason };
}

/** The package in `--json`; sizes in bytes, digests in hex. */
export function zipData(zip: WrittenZip): Record<string, unknown> {
  const { size, unpackedSize, sha256, contentDigest } = zip;
  const entries = zip.entries.map((entry) => ({ ...entry, mode: modeText(entry.mode) }));
  return { size, unpackedSize, sha256, contentDigest, entries };
}
