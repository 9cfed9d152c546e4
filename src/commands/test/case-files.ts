import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import { findingViews } from '../../cli/output/findings-text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import { mistakeCount } from '../../testing/case/mistakes.ts';
import { type CaseFiles, readCases } from '../../testing/read-cases.ts';
import { shownPath } from '../pack/output-place.ts';

/** The directory of case files: `--cases`, or the one in the project. Null for a zip without `--cases`. */
export function caseFolder(
  asked: string | undefined,
  project: string | null,
  cwd: string,
): { readonly directory: string; readonly label: string } | null {
  if (asked !== undefined) {
    const directory = path.resolve(cwd, asked);
    return { directory, label: shownPath(directory, cwd) };
  }
  return project === null ? null : { directory: path.join(project, 'tests'), label: 'tests' };
}

const NO_CASES: CaseFiles = {
  files: [],
  cases: [],
  checkPlan: { skip: [], settings: new Map() },
  mistakes: [],
  texts: new Map(),
};

/** Makes annotations of findings in case files, for CI. */
type Annotate = (findings: readonly Finding[]) => string;

/** Reads all case files; prints every problem with its line, then throws exit 2. */
export async function readOrRefuse(
  folder: ReturnType<typeof caseFolder>,
  symbols: readonly PluginSymbol[],
  annotate: Annotate | null,
  { log }: Context,
): Promise<CaseFiles> {
  if (folder === null) return NO_CASES;
  const files = await readCases({ ...folder, symbols });
  const { mistakes, texts } = files;
  if (mistakes.length === 0) return files;
  await log.show(await findingViews(mistakes, async (file) => texts.get(file) ?? null));
  if (annotate !== null) await log.show({ raw: annotate(mistakes) }, 'be-seen');
  throw new KpluginError({
    code: 'cases-unreadable',
    exit: EXIT.usage,
    message: `the case files have ${mistakeCount(mistakes)}; nothing was run`,
    hint: 'correct them; kplugin schema cases prints their format, which editors check',
    findings: mistakes,
  });
}

/** A hint for a plugin without cases: a file name and an example. */
export function firstCase(symbols: readonly PluginSymbol[]): string {
  const symbol =
    symbols.find(({ kind }) => kind === 'function') ??
    symbols.find(({ kind }) => kind === 'source') ??
    symbols[0];
  const { kind, name } = symbol ?? { kind: 'function', name: 'echo' };
  return [
    `write tests/${name}.yaml, for example:`,
    '  cases:',
    '    - name: what it does, in words',
    `      ${kind}: ${name}`,
    ...EXAMPLE[kind].map((line) => `      ${line}`),
  ].join('\n');
}

const EXAMPLE: Record<SymbolKind, readonly string[]> = {
  function: ['args: [hello]', 'result: hello'],
  source: ['rows: [{ number: 1 }]'],
  sink: [
    'config: { path: "{dir}/out.txt" }',
    'rows: [{ a: 1 }]',
    'wrote: { file: "{dir}/out.txt", contains: a }',
  ],
};
