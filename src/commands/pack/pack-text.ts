import { modeText, sizeText } from '../../cli/output/size.ts';
import type { Style } from '../../cli/output/style.ts';
import { oneLine } from '../../model/printable.ts';
import type { Comparison, Difference } from '../../package/compare-package.ts';
import type { Decision } from '../../package/plan/plan.ts';
import type { Prepared } from '../../package/prepare.ts';
import {
  howToPackNote,
  searchedInPartNote,
  strictDecisions,
  strictNote,
} from '../../package/strict-decisions.ts';
import type { WrittenZip } from '../../package/write/write-zip.ts';
import { count } from './count.ts';

/** The lines about a written package, for stderr. */
export function reportLines(zip: WrittenZip, label: string): string[] {
  const files = zip.entries.filter((entry) => entry.kind === 'file');
  const largest = files.reduce((a, b) => (b.size > a.size ? b : a), { path: '', size: -1 });
  return [
    `${oneLine(label)}: ${count(files.length, 'file')}, ${sizeText(zip.unpackedSize)}, packed ${sizeText(zip.size)}`,
    ...(files.length > 1 ? [`  largest  ${oneLine(largest.path)}  ${sizeText(largest.size)}`] : []),
    `  sha256   ${zip.sha256}`,
    `  content  ${zip.contentDigest}`,
  ];
}

/**
 * What the strict set kept out, and what is packed because a line asks for it: worth a word even without `--explain`,
 * but for what is always there. And which files were searched for secrets in part.
 */
export function secretLines({ plan, identity }: Pick<Prepared, 'plan' | 'identity'>): string[] {
  const inPart = searchedInPartNote(plan);
  const decisions = strictDecisions(plan, identity.name);
  const notes = [...decisions.map(strictNote), howToPackNote(decisions, plan), inPart];
  return notes.flatMap((note) => (note === null ? [] : [`  ${oneLine(note)}`]));
}

/** `--dry-run`: what would be packed, one entry a line, and which secrets would not. */
export function planText(prepared: Prepared, style: Style): string {
  const { plan } = prepared;
  const total = plan.entries.reduce((sum, entry) => sum + entry.size, 0);
  const files = plan.entries.filter((entry) => entry.kind === 'file').length;
  const lines = plan.entries.map((entry) => {
    const folder = entry.kind === 'directory';
    const size = folder ? '' : sizeText(entry.size);
    return `${style.dim(modeText(entry.mode))}  ${size.padStart(8)}  ${oneLine(entry.path)}${folder ? '/' : ''}`;
  });
  const sum = `${count(files, 'file')}, ${sizeText(total)}`;
  return `${[...lines, sum, ...secretLines(prepared)].join('\n')}\n`;
}

/** `--explain`: one line per file and per ignored folder. */
export function explainText(decisions: readonly Decision[], style: Style): string {
  const shown = decisions.map(({ path, verdict }) => ({ path: oneLine(path), verdict }));
  const width = Math.min(
    48,
    shown.reduce((most, { path }) => Math.max(most, path.length), 0),
  );
  const lines = shown.map(({ path, verdict }) => {
    const sign = verdict.packed ? style.green('in ') : style.yellow('out');
    return `${sign}  ${path.padEnd(width)}  ${style.dim(oneLine(whyText(verdict)))}`;
  });
  return lines.map((line) => `${line}\n`).join('');
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

const WORDS: Readonly<Record<Difference['what'], string>> = {
  missing: 'is not in the zip',
  extra: 'is only in the zip',
  content: 'has another content',
  mode: 'has another mode',
  name: 'is written differently',
  order: 'comes in another order',
  unreadable: 'cannot be read',
};

/** `--check`: what differs, or that nothing does. */
export function comparisonText({ identical, differences }: Comparison, label: string): string {
  if (identical) return `${oneLine(label)} is what pack writes now, byte for byte\n`;
  if (differences.length === 0) {
    return `${oneLine(label)} holds what pack writes now; only dates or the compressor differ\n`;
  }
  return differences.map(({ path, what }) => `${oneLine(path)} ${WORDS[what]}\n`).join('');
}
