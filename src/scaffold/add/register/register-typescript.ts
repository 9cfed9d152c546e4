import { FOLDER_OF, type SymbolKind } from '../../../model/symbol.ts';
import type { NamedSymbol } from '../../plan/language-kit.ts';
import { typescriptEntry, typescriptImport, typescriptPath } from '../../plan/typescript.ts';
import {
  addEntry,
  beginsLine,
  closingBracket,
  type Insertion,
  indentAt,
  insertAll,
  itemsBetween,
  lineEnd,
  maskText,
  type Range,
  type Registration,
} from './insertion.ts';

/** The code before the object that lists the symbols: a typed constant, or the call itself. */
const DEFINITION = /(?::\s*PluginDefinition\s*=|\bstartPlugin\s*\()\s*\{/g;

/**
 * Registers a symbol in a TypeScript program: imports its module and adds it to the PluginDefinition. Makes both
 * changes or none.
 */
export function registerTypeScript(text: string, symbol: NamedSymbol): Registration {
  const mask = maskText(text, 'typescript');
  const entries = entryInsertions(text, mask, symbol);
  const place = importInsertion(text, mask, symbol);
  if (entries !== null && place !== null) {
    return { placed: true, text: insertAll(text, [...entries, place]) };
  }
  return {
    placed: false,
    lines: [
      { where: 'beside the imports', line: typescriptImport(symbol) },
      {
        where: `among the ${FOLDER_OF[symbol.kind]} of the PluginDefinition`,
        line: typescriptEntry(symbol),
      },
    ],
  };
}

function entryInsertions(
  text: string,
  mask: string,
  symbol: NamedSymbol,
): readonly Insertion[] | null {
  const definition = findDefinition(mask);
  if (!definition) return null;
  const members = itemsBetween(mask, definition.start, definition.end - 1);
  const member = findMember(mask, members, symbol.kind);
  if (!member) return newMember(text, mask, members.at(-1), definition, symbol);
  if (mask.charAt(member.start) !== '{') return null;
  if (closingBracket(mask, member.start) !== member.end - 1) return null;
  return addEntry(text, mask, member, { entry: typescriptEntry(symbol), step: '  ' });
}

/** The only object of its form, brackets included. */
function findDefinition(mask: string): Range | null {
  const found = [...mask.matchAll(DEFINITION)];
  const [only] = found;
  if (!only || found.length > 1) return null;
  const start = only.index + only[0].length - 1;
  const close = closingBracket(mask, start);
  return close === null ? null : { start, end: close + 1 };
}

/** The value of a kind's key. */
function findMember(mask: string, members: readonly Range[], kind: SymbolKind): Range | null {
  const named = new RegExp(`^${FOLDER_OF[kind]}\\s*:\\s*`);
  for (const { start, end } of members) {
    const match = named.exec(mask.slice(start, end));
    if (match) return { start: start + match[0].length, end };
  }
  return null;
}

/**
 * Inserts a new kind on separate lines after the last member, if the members are written so and no other code could
 * define the kind.
 */
function newMember(
  text: string,
  mask: string,
  last: Range | undefined,
  definition: Range,
  symbol: NamedSymbol,
): readonly Insertion[] | null {
  const kind = FOLDER_OF[symbol.kind];
  const inside = mask.slice(definition.start, definition.end);
  if (!last || !beginsLine(text, last.start) || inside.includes('...')) return null;
  // `sources,` refers to a variable whose content is unknown here.
  if (new RegExp(`[{,]\\s*${kind}\\s*[,}]`).test(inside)) return null;
  const indent = indentAt(text, last.start);
  const entry = `${indent}${kind}: {\n${indent}  ${typescriptEntry(symbol)}\n${indent}},`;
  const comma = /^\s*,/.exec(mask.slice(last.end, definition.end));
  const from = last.end + (comma?.[0].length ?? 0);
  const at = lineEnd(text, from, definition.end);
  const line = { at, text: `\n${entry}` };
  if (comma) return [line];
  return at === last.end ? [{ at, text: `,\n${entry}` }] : [{ at: last.end, text: ',' }, line];
}

/**
 * Inserts sorted among the project's own imports, or after all others when there are none, in the style of the existing
 * imports.
 */
function importInsertion(text: string, mask: string, symbol: NamedSymbol): Insertion | null {
  const imports = topLevelImports(mask);
  const last = imports.at(-1);
  if (!last) return null;
  const line = styled(typescriptImport(symbol), text.slice(last.start, last.end));
  const own = imports.filter((place) => modulePath(text, place) !== null);
  const path = typescriptPath(symbol);
  const next = own.find((place) => (modulePath(text, place) ?? '') > path);
  if (next) return { at: next.start, text: `${line}\n` };
  const before = own.at(-1) ?? last;
  return { at: lineEnd(text, before.end, text.length), text: `\n${line}` };
}

/** `./x.ts` when the import is one of the project's own. */
function modulePath(text: string, { start, end }: Range): string | null {
  return / from (['"])(\.\/[^'"]{0,250})\1;?$/.exec(text.slice(start, end))?.[2] ?? null;
}

function topLevelImports(mask: string): readonly Range[] {
  const imports: Range[] = [];
  const lastBrace = mask.lastIndexOf('}');
  for (const { index: start } of mask.matchAll(/^import\b/gm)) {
    if (start < (imports.at(-1)?.end ?? 0)) continue;
    const brace = start + (/^[^;\n{]*/.exec(mask.slice(start, start + 250))?.[0].length ?? 0);
    const isOpen = mask[brace] === '{' && brace < lastBrace;
    const from = isOpen ? mask.indexOf('}', brace) : start;
    const rest = /[^;\r\n]*;?/y;
    rest.lastIndex = from;
    rest.test(mask);
    imports.push({ start, end: start + mask.slice(start, rest.lastIndex).trimEnd().length });
  }
  return imports;
}

function styled(line: string, like: string): string {
  const quoted = like.includes('"') ? line.replaceAll("'", '"') : line;
  return like.endsWith(';') ? quoted : quoted.slice(0, -1);
}
