import { FOLDER_OF, type SymbolKind } from '../../../model/symbol.ts';
import type { NamedSymbol } from '../../plan/language-kit.ts';
import {
  EARLIER_WORKAROUND,
  pythonEntry,
  pythonImport,
  WORKAROUND_IMPORT,
  WORKAROUND_MODULE,
} from '../../plan/python.ts';
import {
  addEntry,
  beginsLine,
  closingBracket,
  type Insertion,
  indentAt,
  insertAll,
  itemsBetween,
  lineEnd,
  type ManualLine,
  maskText,
  type Range,
  type Registration,
} from './insertion.ts';

const POSITION: Record<SymbolKind, number> = { source: 1, sink: 2, function: 3 };

/**
 * Registers a symbol in a Python main program: imports its class, adds it to PluginConfig, and for a function installs
 * the workaround of docs/ekuiper.md#workaround-in-the-plugin. Makes all changes or none.
 */
export function registerPython(text: string, symbol: NamedSymbol): Registration {
  const mask = maskText(text, 'python');
  const isInstalled =
    mask.includes(`${WORKAROUND_MODULE}.install`) || EARLIER_WORKAROUND.test(mask);
  const workarounds = symbol.kind === 'function' && !isInstalled;
  const entries = entryInsertions(text, mask, symbol);
  const imports = importInsertions(text, mask, symbol, workarounds);
  const call = workarounds ? workaroundInsertion(text, mask) : [];
  if (entries === null || imports === null || call === null) {
    return { placed: false, lines: manualLines(symbol, workarounds) };
  }
  return { placed: true, text: insertAll(text, [...entries, ...imports, ...call]) };
}

function manualLines(symbol: NamedSymbol, workarounds: boolean): readonly ManualLine[] {
  const imports = 'beside the imports';
  return [
    { where: imports, line: pythonImport(symbol) },
    { where: `among the ${FOLDER_OF[symbol.kind]} of PluginConfig`, line: pythonEntry(symbol) },
    ...(workarounds
      ? [
          { where: imports, line: WORKAROUND_IMPORT },
          { where: 'before plugin.start(config)', line: `${WORKAROUND_MODULE}.install(config)` },
        ]
      : []),
  ];
}

function entryInsertions(
  text: string,
  mask: string,
  symbol: NamedSymbol,
): readonly Insertion[] | null {
  const dictionary = findDictionary(mask, symbol.kind);
  if (!dictionary) return null;
  return addEntry(text, mask, dictionary, { entry: pythonEntry(symbol), step: '    ' });
}

/** The dictionary of a kind in the only PluginConfig(…) of the program, brackets included. */
function findDictionary(mask: string, kind: SymbolKind): Range | null {
  const calls = [...mask.matchAll(/\bPluginConfig\s*\(/g)];
  const [call] = calls;
  if (!call || calls.length > 1) return null;
  const open = call.index + call[0].length - 1;
  const close = closingBracket(mask, open);
  if (close === null) return null;
  const argument = findArgument(mask, itemsBetween(mask, open, close), kind);
  if (!argument || mask.charAt(argument.start) !== '{') return null;
  return closingBracket(mask, argument.start) === argument.end - 1 ? argument : null;
}

function findArgument(mask: string, items: readonly Range[], kind: SymbolKind): Range | null {
  const named = new RegExp(`^${FOLDER_OF[kind]}\\s*=\\s*`);
  for (const { start, end } of items) {
    const match = named.exec(mask.slice(start, end));
    if (match) return { start: start + match[0].length, end };
  }
  const item = items[POSITION[kind]];
  const isNamed = item && /^\w+\s*=[^=]/.test(mask.slice(item.start, item.end));
  return item && !isNamed ? item : null;
}

function importInsertions(
  text: string,
  mask: string,
  symbol: NamedSymbol,
  workarounds: boolean,
): readonly Insertion[] | null {
  const imports = topLevelImports(text, mask);
  const last = imports.at(-1);
  if (!last) return null;
  const own = imports.filter(({ start }) => text.startsWith('from symbols.', start));
  const line = pythonImport(symbol);
  const next = own.find(({ start, end }) => text.slice(start, end) > line);
  const place: Insertion = next
    ? { at: next.start, text: `${line}\n` }
    : { at: (own.at(-1) ?? last).end, text: own.length > 0 ? `\n${line}` : `\n\n${line}` };
  if (!workarounds) return [place];
  const first = own[0];
  if (!first) return [{ at: place.at, text: `\n\n${WORKAROUND_IMPORT}\n${line}` }];
  if (next === first) return [{ at: place.at, text: `${WORKAROUND_IMPORT}\n${line}\n` }];
  return [{ at: first.start, text: `${WORKAROUND_IMPORT}\n` }, place];
}

function topLevelImports(text: string, mask: string): readonly Range[] {
  return [...mask.matchAll(/^(?:from[ \t]+\S+[ \t]+)?import[ \t][^\r\n]*/gm)].map((match) => {
    const bracket = match[0].indexOf('(');
    const close = bracket === -1 ? null : closingBracket(mask, match.index + bracket);
    const from = close === null ? match.index + match[0].length : close + 1;
    return { start: match.index, end: lineEnd(text, from, text.length) };
  });
}

/** Inserts before the only plugin.start(name); null when that line has another form. */
function workaroundInsertion(text: string, mask: string): readonly Insertion[] | null {
  const starts = [...mask.matchAll(/\bplugin\.start\(\s*(\w+)\s*\)/g)];
  const [start] = starts;
  if (!start || starts.length > 1 || !beginsLine(text, start.index)) return null;
  const indent = indentAt(text, start.index);
  return [{ at: start.index, text: `${WORKAROUND_MODULE}.install(${start[1]})\n${indent}` }];
}
