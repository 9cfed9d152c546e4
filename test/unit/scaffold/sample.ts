import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginSymbol, SymbolKind } from '../../../src/model/symbol.ts';
import type { Answers, RawAnswers } from '../../../src/scaffold/answers.ts';

/** Where the real templates and schemas lie. */
export const PACKAGE_ROOT = path.resolve(fileURLToPath(import.meta.url), '../../../..');

export const RAW: RawAnswers = {
  name: 'meter',
  language: 'python',
  sources: ['pulse'],
  sinks: ['ledger'],
  functions: ['to_kwh'],
  version: '0.1.0',
  author: 'Jane Doe <jane@example.com> (https://example.com)',
  description: 'Reads meters.',
  sdk: '^0.1.0',
};

export const ANSWERS: Answers = {
  name: 'meter',
  language: 'python',
  symbols: [],
  version: '0.1.0',
  author: { name: 'Jane Doe', email: 'jane@example.com', website: 'https://example.com' },
  description: 'Reads meters.',
  sdk: '^0.1.0',
};

const ONE: Record<SymbolKind, string> = { source: 'pulse', sink: 'ledger', function: 'to_kwh' };

/** The seven mixes of kinds that a plugin can have, each with one symbol of a kind. */
export const MIXES: readonly (readonly SymbolKind[])[] = [
  ['source'],
  ['sink'],
  ['function'],
  ['source', 'sink'],
  ['source', 'function'],
  ['sink', 'function'],
  ['source', 'sink', 'function'],
];

export function symbolsOf(mix: readonly SymbolKind[]): readonly PluginSymbol[] {
  return mix.map((kind) => ({ kind, name: ONE[kind] }));
}
