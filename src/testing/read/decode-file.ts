import { closest } from '../../model/closest.ts';
import { type JsonNode, plainValue, type Span } from '../../model/json/node.ts';
import { asStep, partAt } from '../../model/schema/validator.ts';
import { shellWord } from '../../model/shell-word.ts';
import { FOLDER_OF, isSymbolKind, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import {
  type Case,
  type CheckPlan,
  type CheckSettings,
  NO_CHECK_PLAN,
  symbolKey,
} from '../case/case.ts';
import type { WrittenChecks } from '../case/case-file.ts';
import type { Mistakes } from '../case/mistakes.ts';
import { validateCases } from './cases.generated.js';
import type { ReportAt } from './compile-pattern.ts';
import { schemaViolations } from './schema-violations.ts';
import { toCase } from './to-case.ts';

const TOP_KEYS = ['cases', 'checks', '$schema'];

/** The symbols that the manifest declares; null: not checked. */
export type KnownSymbols = readonly PluginSymbol[] | null;

export interface DecodedFile {
  readonly cases: readonly Case[];
  /** The position of each case's name, to report duplicates. */
  readonly names: readonly { readonly name: string; readonly of: string; readonly at: Span }[];
  readonly checkPlan: CheckPlan;
}

const NOTHING: DecodedFile = { cases: [], names: [], checkPlan: NO_CHECK_PLAN };

interface FileAtHand {
  readonly root: JsonNode;
  readonly mistakes: Mistakes;
  readonly symbols: KnownSymbols;
}

/**
 * Decodes the tree of a case file: validates it with the schema and converts the valid cases. Mistakes are reported,
 * and their cases left out.
 */
export function decodeFile(
  root: JsonNode | null,
  mistakes: Mistakes,
  symbols: KnownSymbols,
): DecodedFile {
  if (root === null || root.type === 'null' || isSomethingElse(root, mistakes)) return NOTHING;
  const value = plainValue(root);
  const cases = isRecord(value) && Array.isArray(value['cases']) ? value['cases'] : [];
  const file: FileAtHand = { root, mistakes, symbols };
  // Case by case: of a million wrong cases only as many are validated as are reported.
  const around: unknown = isRecord(value) && cases.length > 0 ? { ...value, cases: [] } : value;
  const isGood = validateCases(around);
  if (!isGood) mistakes.addAll(schemaViolations(validateCases.errors ?? [], root, ''));
  if (isRecord(value)) reportCheckedSymbols(value['checks'], file);
  const read = cases.map((one, index) => decodeCase(one, `/cases/${index}`, file));
  return {
    cases: read.flatMap(({ decoded }) => decoded),
    names: read,
    checkPlan: isGood && around.checks ? planOf(around.checks) : NO_CHECK_PLAN,
  };
}

/** A file with other data gets one finding, not one for each of its keys. */
function isSomethingElse(root: JsonNode, mistakes: Mistakes): boolean {
  const members = root.type === 'object' ? root.members : [];
  const [first] = members;
  if (!first || members.some(({ key }) => TOP_KEYS.includes(key) || closest(key, TOP_KEYS))) {
    return false;
  }
  mistakes.add({
    rule: 'case-unknown-key',
    at: first.keySpan,
    message: 'this is no case file',
    why: 'a case file has "cases", "checks" or both, and every YAML and JSON file in this folder is read as one',
    hint: 'Move other files into a folder below it, which is not read',
  });
  return true;
}

interface ReadCase {
  /** One case, or none when it has a mistake. */
  readonly decoded: readonly Case[];
  readonly name: string;
  /** The symbol as {@link symbolKey} returns it; empty when there is none. */
  readonly of: string;
  readonly at: Span;
}

function decodeCase(value: unknown, at: string, { root, mistakes, symbols }: FileAtHand): ReadCase {
  if (mistakes.isFull) {
    if (!mistakes.isCounted && isWrong(value, symbols)) mistakes.leaveOutCase();
    return { decoded: [], name: '', of: '', at: root };
  }
  const report: ReportAt = (pointer, part, mistake) => {
    const found = partAt(root, pointer);
    mistakes.add({
      ...mistake,
      at: (part === 'key' && found?.member?.keySpan) || found?.node || root,
    });
  };
  const one = isRecord(value) ? value : {};
  const kind = Object.keys(one).find(isSymbolKind) ?? null;
  const symbol = kind && { kind, name: textIn(one, kind) };
  const { node } = partAt(root, at) ?? { node: root };
  const name = partAt(node, '/name');
  const before = mistakes.found.length;
  if (symbol !== null && symbol.name.trim() !== '') {
    reportUnknownSymbol(symbol, partAt(node, `/${symbol.kind}`)?.node ?? node, mistakes, symbols);
  }
  const file: unknown = { cases: [value] };
  const place = { file: mistakes.file, line: mistakes.line(name?.member?.keySpan ?? node) };
  const decoded: Case[] = [];
  if (validateCases(file)) {
    decoded.push(...(file.cases ?? []).map((fitting) => toCase(fitting, place, at, report)));
  } else {
    mistakes.addAll(schemaViolations(validateCases.errors ?? [], node, '/cases/0'));
  }
  return {
    decoded: mistakes.found.length === before ? decoded : [],
    name: textIn(one, 'name'),
    of: symbol === null ? '' : symbolKey(symbol),
    at: name?.node ?? node,
  };
}

/** Whether a case has a mistake; does not describe it. */
function isWrong(value: unknown, symbols: KnownSymbols): boolean {
  const file: unknown = { cases: [value] };
  if (!validateCases(file)) return true;
  let reports = 0;
  const report: ReportAt = () => {
    reports += 1;
  };
  return (file.cases ?? []).some((fitting) => {
    const { kind, symbol } = toCase(fitting, { file: '', line: 0 }, '', report);
    return reports > 0 || !isKnown({ kind, name: symbol }, symbols);
  });
}

function reportCheckedSymbols(checks: unknown, { root, mistakes, symbols }: FileAtHand): void {
  for (const kind of SYMBOL_KINDS) {
    const named = isRecord(checks) ? checks[FOLDER_OF[kind]] : null;
    for (const name of isRecord(named) ? Object.keys(named) : []) {
      const part = partAt(root, `/checks/${FOLDER_OF[kind]}/${asStep(name)}`);
      reportUnknownSymbol({ kind, name }, part?.member?.keySpan ?? root, mistakes, symbols);
    }
  }
}

/** Reports a symbol that the manifest does not declare, with the most similar declared one. */
function reportUnknownSymbol(
  { kind, name }: PluginSymbol,
  at: Span,
  mistakes: Mistakes,
  symbols: KnownSymbols,
): void {
  if (symbols === null || isKnown({ kind, name }, symbols)) return;
  const same = symbols.filter((one) => one.kind === kind).map((one) => one.name);
  const other = symbols.find((one) => one.name === name);
  const meant = closest(name, same);
  mistakes.add({
    rule: 'case-unknown-symbol',
    at,
    message: `the plugin has no ${kind} "${name}"`,
    why: other
      ? `${name} is a ${other.kind}`
      : same.length > 0
        ? `the manifest declares ${FOLDER_OF[kind]} ${same.join(', ')}`
        : `the manifest declares no ${FOLDER_OF[kind]}`,
    hint: other
      ? `Write ${other.kind}: ${name}`
      : meant
        ? `Write "${meant}" instead of "${name}"`
        : `Declare it in the manifest: kplugin add ${kind} ${shellWord(name)}`,
  });
}

function isKnown({ kind, name }: PluginSymbol, symbols: KnownSymbols): boolean {
  return symbols === null || symbols.some((one) => one.kind === kind && one.name === name);
}

function planOf(checks: WrittenChecks): CheckPlan {
  const settings = new Map<string, CheckSettings>();
  for (const kind of SYMBOL_KINDS) {
    for (const [name, one] of Object.entries(checks[FOLDER_OF[kind]] ?? {})) {
      const { confKey = null, config = {}, dataSource = null, rows = null, args = null } = one;
      settings.set(symbolKey({ kind, name }), { confKey, config, dataSource, rows, args });
    }
  }
  return { skip: checks.skip ?? [], settings };
}

function textIn(record: Readonly<Record<string, unknown>>, key: string): string {
  const value = Object.hasOwn(record, key) ? record[key] : null;
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
