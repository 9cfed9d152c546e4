import { closest } from '../../model/closest.ts';
import type { JsonNode, Span } from '../../model/json/node.ts';
import { shellWord } from '../../model/shell-word.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS, type SymbolKind } from '../../model/symbol.ts';
import {
  type Case,
  type CheckPlan,
  type CommonKey,
  NO_CHECK_PLAN,
  symbolKey,
} from '../case/case.ts';
import type { Mistakes } from '../case/mistakes.ts';
import { decodeChecks } from './decode/decode-checks.ts';
import { decodeFunction, FUNCTION_KEYS } from './decode/decode-function.ts';
import { decodeSink, SINK_KEYS } from './decode/decode-sink.ts';
import { decodeSource, SOURCE_KEYS } from './decode/decode-source.ts';
import { Fields } from './decode/fields.ts';

export interface DecodedFile {
  readonly cases: readonly Case[];
  /** Where the name of each symbol's case stands, for those that are there twice. */
  readonly names: readonly { readonly name: string; readonly of: string; readonly at: Span }[];
  readonly checkPlan: CheckPlan;
}

/** What the manifest declares; null: not compared. */
export type KnownSymbols = readonly PluginSymbol[] | null;

const KEYS: Record<SymbolKind, readonly string[]> = {
  function: FUNCTION_KEYS,
  source: SOURCE_KEYS,
  sink: SINK_KEYS,
};

const COMMON = ['name', 'within', 'since'];

/** Reads a case file's tree; mistakes go where they belong and the case is left out. */
export function decodeFile(
  root: JsonNode | null,
  mistakes: Mistakes,
  symbols: KnownSymbols,
): DecodedFile {
  const nothing = { cases: [], names: [], checkPlan: NO_CHECK_PLAN };
  if (root === null || root.type === 'null') return nothing;
  if (root.type !== 'object') {
    mistakes.wrongType(root, 'a case file', 'mapping', 'cases: [ … ]');
    return nothing;
  }
  const fields = new Fields(root, mistakes);
  if (isSomethingElse(fields)) return nothing;
  fields.only(TOP_KEYS, 'a case file');
  const isEmpty = fields.value('cases')?.type === 'null';
  const nodes = isEmpty ? [] : (fields.list('cases') ?? []);
  const read = nodes.flatMap((node) => decodeCase(node, fields, symbols));
  return {
    cases: read.flatMap(({ one }) => (one ? [one] : [])),
    names: read.map(({ name, of, at }) => ({ name, of, at })),
    checkPlan: checksOf(fields, symbols),
  };
}

const TOP_KEYS = ['cases', 'checks', '$schema'];

/** Data that lies beside the cases gets one finding, not one for each of its keys. */
function isSomethingElse({ node, mistakes }: Fields): boolean {
  const [first] = node.members;
  const keys = node.members.map(({ key }) => key);
  if (!first || keys.some((key) => TOP_KEYS.includes(key) || closest(key, TOP_KEYS))) return false;
  mistakes.add({
    rule: 'case-unknown-key',
    at: first.keySpan,
    message: 'this is no case file',
    why: 'a case file has "cases", "checks" or both, and every YAML and JSON file in this folder is read as one',
    hint: 'Move other files into a folder below it, which is not read',
  });
  return true;
}

function checksOf(fields: Fields, symbols: KnownSymbols): CheckPlan {
  if (fields.value('checks')?.type === 'null') return NO_CHECK_PLAN;
  const checks = fields.object('checks');
  if (checks === null) return NO_CHECK_PLAN;
  return decodeChecks(checks, (symbol, at) => reportUnknown(symbol, at, fields.mistakes, symbols));
}

interface ReadCase {
  readonly one: Case | null;
  readonly name: string;
  /** The symbol, as {@link symbolKey} calls it; empty when there is none. */
  readonly of: string;
  readonly at: Span;
}

function decodeCase(node: JsonNode, file: Fields, symbols: KnownSymbols): ReadCase[] {
  const { mistakes } = file;
  const fields = file.item(node, 'a case', '{ name: …, function: …, args: [ … ], result: … }');
  if (fields === null) return [];
  const before = mistakes.found.length;
  const name = nameOf(fields);
  const kind = kindOf(fields);
  const symbol = kind && fields.text(kind, 'the name in the manifest');
  if (kind && symbol !== null) {
    reportUnknown({ kind, name: symbol }, fields.value(kind) ?? node, mistakes, symbols);
  }
  const isOne = SYMBOL_KINDS.filter((one) => fields.has(one)).length === 1;
  // Of two symbols nobody knows which one the rest is about.
  if (kind && isOne) reportKeys(fields, kind);
  const within = fields.duration('within');
  const place = {
    file: mistakes.file,
    line: mistakes.line(fields.member('name')?.keySpan ?? node),
  };
  const common = { ...place, name, symbol: symbol ?? '', within, since: fields.target('since') };
  const one = kind && isOne ? bodyOf(fields, kind, common) : null;
  const isGood = mistakes.found.length === before;
  const at = fields.value('name') ?? node;
  const of = kind ? symbolKey({ kind, name: symbol ?? '' }) : '';
  return [{ one: isGood ? one : null, name, of, at }];
}

type Common = Pick<Case, CommonKey>;

function bodyOf(fields: Fields, kind: SymbolKind, common: Common): Case {
  if (kind === 'function') return { ...common, kind, ...decodeFunction(fields) };
  if (kind === 'source') return { ...common, kind, ...decodeSource(fields) };
  return { ...common, kind, ...decodeSink(fields) };
}

function nameOf(fields: Fields): string {
  if (fields.has('name')) return fields.text('name', 'reverses text') ?? '';
  fields.mistakes.add({
    rule: 'case-missing-key',
    at: { start: fields.node.start, end: fields.node.start + 1 },
    message: 'a case has no name',
    why: 'the name says what failed, and runs the case alone',
    hint: 'Add name: what the plugin does',
  });
  return '';
}

function kindOf(fields: Fields): SymbolKind | null {
  const [first, second] = SYMBOL_KINDS.flatMap((kind) => {
    const member = fields.member(kind);
    return member ? [{ kind, member }] : [];
  }).sort((a, b) => a.member.keySpan.start - b.member.keySpan.start);
  if (first && second) {
    fields.mistakes.add({
      rule: 'case-two-symbols',
      at: second.member.keySpan,
      message: `this case is for a ${first.kind} and a ${second.kind}`,
      why: 'each case tests one symbol',
      hint: 'Make two cases of it',
    });
  }
  if (!first) {
    fields.mistakes.add({
      rule: 'case-missing-key',
      at: fields.member('name')?.keySpan ?? {
        start: fields.node.start,
        end: fields.node.start + 1,
      },
      message: 'this case names no symbol',
      why: 'it tests a function, a source or a sink',
      hint: 'Add function: …, source: … or sink: …',
    });
  }
  return first?.kind ?? null;
}

/** A key of another kind of symbol is told apart from a mistake. */
function reportKeys(fields: Fields, kind: SymbolKind): void {
  const known: readonly string[] = [...COMMON, ...SYMBOL_KINDS, ...KEYS[kind]];
  for (const { key, keySpan } of fields.node.members) {
    if (known.includes(key)) continue;
    const others = SYMBOL_KINDS.filter((one) => KEYS[one].includes(key));
    const shown = [...COMMON, kind, ...KEYS[kind]];
    if (others.length === 0) {
      fields.mistakes.unknownKey(key, keySpan, shown, `a case of a ${kind}`);
      continue;
    }
    fields.mistakes.add({
      rule: 'case-unknown-key',
      at: keySpan,
      message: `"${key}" belongs to a ${others.join(' or a ')}`,
      why: `the keys of a case of a ${kind} are ${shown.join(', ')}`,
      hint: 'Move it to another case, or leave it out',
    });
  }
}

function reportUnknown(
  { kind, name }: PluginSymbol,
  at: Span,
  mistakes: Mistakes,
  symbols: KnownSymbols,
): void {
  if (symbols === null || symbols.some((one) => one.kind === kind && one.name === name)) return;
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
