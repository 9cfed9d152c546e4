import type { SymbolFile } from '../subject/subject.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** Formats JSON Schema types for a message: `['object', 'null']` → `an object or null`. */
export function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => TYPE_WORDS[String(one)] ?? String(one)).join(' or ');
}

/** Effect text for a value of a wrong type. Source: docs/files.md#wrong-types. */
export function effectOfWrongType(file: SymbolFile): string {
  switch (file.symbol.kind) {
    case 'source':
      return 'eKuiper drops the value and everything it cannot decode with it, without a word';
    case 'sink':
      return `eKuiper refuses the whole file ("cannot unmarshal …"): no metadata for ${file.symbol.name}, and after its next start none for the sinks that sort after it`;
    case 'function':
      return 'eKuiper passes it on as it is; the manager cannot show it';
  }
}

/** Effect text for a key that eKuiper does not know. */
export function effectOfUnknownKey(file: SymbolFile): string {
  return file.symbol.kind === 'function'
    ? 'eKuiper passes it on; nothing reads it'
    : 'eKuiper ignores it';
}
