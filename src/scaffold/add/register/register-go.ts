import type { SymbolKind } from '../../../model/symbol.ts';
import { GO_FIELD, goEntry, goMap } from '../../plan/go.ts';
import type { NamedSymbol } from '../../plan/language-kit.ts';
import {
  beginsLine,
  closingBracket,
  type Insertion,
  indentAt,
  insertAll,
  itemsBetween,
  maskText,
  type Range,
  type Registration,
} from './insertion.ts';

const SDK = 'github.com/lf-edge/ekuiper/sdk/go';

/** Registers a symbol in a Go main program's PluginConfig; changes nothing when the file has another structure. */
export function registerGo(text: string, symbol: NamedSymbol): Registration {
  const mask = maskText(text, 'go');
  const insertion = importsSdk(text) ? entryInsertion(text, mask, symbol) : null;
  if (insertion !== null) return { placed: true, text: insertAll(text, [insertion]) };
  return {
    placed: false,
    lines: [
      {
        where: `in the map ${GO_FIELD[symbol.kind]} of sdk.PluginConfig`,
        line: goEntry(symbol).join('\n'),
      },
    ],
  };
}

/** Whether the SDK is imported under the names that the entries use. */
function importsSdk(text: string): boolean {
  return (
    new RegExp(`^[ \\t]*(?:import[ \\t]+)?"${SDK}/api"`, 'm').test(text) &&
    new RegExp(`^[ \\t]*(?:import[ \\t]+)?sdk[ \\t]+"${SDK}/runtime"`, 'm').test(text)
  );
}

function entryInsertion(text: string, mask: string, symbol: NamedSymbol): Insertion | null {
  const literals = [...mask.matchAll(/\bPluginConfig\s*\{/g)];
  const [literal] = literals;
  if (!literal || literals.length > 1) return null;
  const open = literal.index + literal[0].length - 1;
  const close = closingBracket(mask, open);
  if (close === null) return null;
  const fields = itemsBetween(mask, open, close);
  const field = fields.find(({ start }) => fieldPattern(symbol.kind).test(mask.slice(start)));
  return field
    ? intoMap(text, mask, field, symbol)
    : behindFields(text, mask, fields, close, symbol);
}

function fieldPattern(kind: SymbolKind): RegExp {
  return new RegExp(`^${GO_FIELD[kind]}\\s*:`);
}

function intoMap(text: string, mask: string, field: Range, symbol: NamedSymbol): Insertion | null {
  const literal = /^\w+\s*:\s*map\[string\][\w.]+\s*\{/.exec(mask.slice(field.start, field.end));
  if (!literal || !beginsLine(text, field.start)) return null;
  const open = field.start + literal[0].length - 1;
  if (closingBracket(mask, open) !== field.end - 1) return null;
  const indent = indentAt(text, field.start);
  const entry = goEntry(symbol).map((line) => `\t${line}`);
  const last = itemsBetween(mask, open, field.end - 1).at(-1);
  if (!last) return emptyMap(text, open, field, entry, indent);
  return behind(text, mask, last, field.end - 1, entry, indent);
}

function emptyMap(
  text: string,
  open: number,
  field: Range,
  entry: readonly string[],
  indent: string,
): Insertion | null {
  if (text.slice(open + 1, field.end - 1).trim() !== '') return null;
  if (text.slice(open, field.end).includes('\n')) {
    return { at: open + 1, text: lines(entry, indent) };
  }
  return { at: open + 1, text: `${lines(entry, indent)}\n${indent}` };
}

function behindFields(
  text: string,
  mask: string,
  fields: readonly Range[],
  close: number,
  symbol: NamedSymbol,
): Insertion | null {
  const last = fields.at(-1);
  if (!last || !beginsLine(text, last.start)) return null;
  return behind(text, mask, last, close, goMap(symbol.kind, [symbol]), indentAt(text, last.start));
}

/** Inserts on separate lines after an item that ends with a comma, as gofmt formats it. */
function behind(
  text: string,
  mask: string,
  item: Range,
  close: number,
  added: readonly string[],
  indent: string,
): Insertion | null {
  const rest = mask.slice(item.end, close);
  if (!/^\s*,[ \t]*\r?\n/.test(rest)) return null;
  const newline = text.indexOf('\n', item.end);
  const at = text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
  return { at, text: lines(added, indent) };
}

function lines(added: readonly string[], indent: string): string {
  return added.map((line) => `\n${indent}${line}`).join('');
}
