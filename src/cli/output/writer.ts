import type { Examination } from '../../lint/lint.ts';
import type { Finding } from '../../model/finding.ts';
import { prettyFindings } from './pretty.ts';
import type { Style } from './style.ts';

/** Writes findings for reading; empty text for none. Needs the view no more. */
export type FindingsWriter = (style: Style) => Promise<string>;

/** Reads the lines that findings point at, so that they can be shown after the view is closed. */
export async function findingsWriter(
  findings: readonly Finding[],
  subject: Examination['subject'],
): Promise<FindingsWriter> {
  const files = new Set(findings.flatMap(({ file, line }) => (line === null ? [] : [file])));
  const texts = new Map(
    await Promise.all(
      [...files].map(async (file) => [file, (await subject.text(file))?.source ?? null] as const),
    ),
  );
  return (style) => prettyFindings(findings, async (file) => texts.get(file) ?? null, style);
}
