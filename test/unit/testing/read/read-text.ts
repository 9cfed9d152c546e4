import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PluginSymbol } from '../../../../src/model/symbol.ts';
import { type CaseFiles, readCases } from '../../../../src/testing/read-cases.ts';

export const SYMBOLS: readonly PluginSymbol[] = [
  { kind: 'source', name: 'ticker' },
  { kind: 'sink', name: 'writer' },
  { kind: 'function', name: 'reverse' },
];

/** Reads case files that are given by name; `symbols: null` compares no names. */
export async function readFiles(
  files: Readonly<Record<string, string>>,
  symbols: readonly PluginSymbol[] | null = SYMBOLS,
): Promise<CaseFiles> {
  const directory = mkdtempSync(path.join(tmpdir(), 'kplugin-cases-'));
  try {
    for (const [name, text] of Object.entries(files))
      writeFileSync(path.join(directory, name), text);
    return await readCases({ directory, label: 'tests', symbols });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One YAML file with this text. */
export function readYaml(text: string): Promise<CaseFiles> {
  return readFiles({ 'a.yaml': text });
}

/** `tests/a.yaml:2:5 message | why | hint`, one line for each mistake. */
export function shownMistakes({ mistakes }: CaseFiles): string[] {
  return mistakes.map(
    ({ file, line, column, message, effect, hint }) =>
      `${file}:${line}:${column} ${message} | ${effect} | ${hint}`,
  );
}
