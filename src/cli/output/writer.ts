import type { Examination } from '../../lint/lint.ts';
import type { Finding } from '../../model/finding.ts';
import { findingViews } from './pretty.ts';
import type { View } from './view.ts';

/** Returns the views of findings; works after the plugin is closed. */
export type FindingsWriter = () => Promise<readonly View[]>;

/** Reads the lines that findings point at while the plugin is open, so that they can be printed later. */
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
  return () => findingViews(findings, async (file) => texts.get(file) ?? null);
}
