import type { Span } from '../../model/json/node.ts';
import { placeOfMissing, type SchemaError, type Validator } from '../../model/schema/validator.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { Report } from '../engine/rule.ts';
import type { Subject, SymbolFile } from '../subject/subject.ts';
import {
  FUNCTION_SHAPE,
  type GoValue,
  goValue,
  partAt,
  type Shape,
  SINK_SHAPE,
  SOURCE_SHAPE,
} from './go-value.ts';
import { validateFunction, validateSink, validateSource } from './validators.generated.js';

const BY_KIND: Record<SymbolKind, { readonly shape: Shape; readonly validate: Validator }> = {
  source: { shape: SOURCE_SHAPE, validate: validateSource },
  sink: { shape: SINK_SHAPE, validate: validateSink },
  function: { shape: FUNCTION_SHAPE, validate: validateFunction },
};

const values = new WeakMap<SymbolFile, GoValue | null>();

/** A symbol file as Go decodes it, computed once; null when it is not a JSON object. */
export function goValueOf(file: SymbolFile): GoValue | null {
  const known = values.get(file);
  if (known !== undefined) return known;
  const { fixed, symbol } = file;
  const isObject = fixed.ok && fixed.root.type === 'object';
  const value = isObject ? goValue(fixed.root, BY_KIND[symbol.kind].shape) : null;
  values.set(file, value);
  return value;
}

/** The string under a key; empty when it is missing or not a string. */
export function textUnder(part: GoValue, key: string): string {
  const value = part.under.get(key)?.value;
  return typeof value === 'string' ? value : '';
}

/** A field in messages: `the property "interval"`; `this property` when it has none. */
export function fieldTitle(field: GoValue): string {
  const name = textUnder(field, 'name');
  return name === '' ? 'this property' : `the property "${name}"`;
}

/** The range to report for a key of an object: its value, else the opening brace. */
export function placeUnder(part: GoValue, key: string): Span {
  const node = part.under.get(key)?.node;
  if (node) return { start: node.start, end: node.end };
  return { start: part.node.start, end: part.node.start + 1 };
}

/** One list of fields: the properties of a group, of a sink, or the fields nested in a default. */
interface FieldList {
  readonly list: GoValue;
  readonly fields: readonly GoValue[];
}

/** Every list of fields of a source or sink file, nested ones included; none for a function file. */
export function fieldListsOf(file: SymbolFile): FieldList[] {
  const properties = goValueOf(file)?.under.get('properties');
  if (!properties || file.symbol.kind === 'function') return [];
  const lists = file.symbol.kind === 'sink' ? [properties] : [...properties.under.values()];
  return lists.flatMap(listsIn);
}

function listsIn(list: GoValue): FieldList[] {
  if (list.node.type !== 'array') return [];
  const fields = [...list.under.values()].filter(({ node }) => node.type === 'object');
  const nested = fields.flatMap((field) => {
    const inside = field.under.get('default');
    return inside ? listsIn(inside) : [];
  });
  return [{ list, fields }, ...nested];
}

/** Every field of a source or sink file. */
export function fieldsOf(file: SymbolFile): GoValue[] {
  return fieldListsOf(file).flatMap(({ fields }) => fields);
}

/** A place where a symbol file violates its schema; rules explain the effect. */
export interface Violation {
  readonly keyword: string;
  /** The path of the value: `['properties', 'default', '0']`. */
  readonly path: readonly string[];
  readonly part: GoValue;
  /** `required`: the missing key; `additionalProperties`: the unknown key; else empty. */
  readonly key: string;
  readonly params: SchemaError['params'];
  /** The range to underline: the key when there is one, else the value's first character. */
  readonly at: Span;
}

const found = new WeakMap<SymbolFile, readonly Violation[]>();

/** Every schema violation of a symbol file, computed once; empty when the file is not an object. */
export function violationsOf(file: SymbolFile): readonly Violation[] {
  const known = found.get(file);
  if (known) return known;
  const root = goValueOf(file);
  const { validate } = BY_KIND[file.symbol.kind];
  const errors = root && !validate(root.value) ? (validate.errors ?? []) : [];
  const violations = errors.flatMap((error) => (root ? asViolation(root, error) : []));
  found.set(file, violations);
  return violations;
}

/** `if` only reports that its `then` failed, which is a violation of its own. */
const SILENT = new Set(['if', 'allOf', 'anyOf', 'oneOf']);

function asViolation(root: GoValue, error: SchemaError): Violation[] {
  const part = partAt(root, error.instancePath);
  if (!part || SILENT.has(error.keyword)) return [];
  const { params, keyword } = error;
  const key = String(params['missingProperty'] ?? params['additionalProperty'] ?? '');
  const path = error.instancePath.split('/').slice(1);
  return [{ keyword, path, part, key, params, at: placeOf(part, keyword, key) }];
}

function placeOf(part: GoValue, keyword: string, key: string): Span {
  const extra = keyword === 'additionalProperties' ? part.under.get(key)?.member : null;
  if (extra) return extra.keySpan;
  return keyword === 'required' ? placeOfMissing(part) : part.node;
}

/** Reports for those schema violations of all symbol files for which `report` does not return null. */
export function fromViolations(
  subject: Subject,
  report: (violation: Violation, file: SymbolFile) => Omit<Report, 'file' | 'at'> | null,
): Report[] {
  return subject.symbolFiles.flatMap((file) =>
    violationsOf(file).flatMap((violation) => {
      const said = report(violation, file);
      return said ? [{ ...said, file: file.path, at: violation.at }] : [];
    }),
  );
}

/** The last step of a violation's path: the key or index of the value itself. */
export function lastStep({ path }: Violation): string {
  return path.at(-1) ?? '';
}

/** Whether the value is `properties` of a source or sink, or a group in it: other rules report those. */
export function isPropertiesShape({ path }: Violation, file: SymbolFile): boolean {
  if (path[0] !== 'properties') return false;
  return path.length === 1 || (file.symbol.kind === 'source' && path.length === 2);
}

/** Whether the value is an item of a field's list default: another rule reports those. */
export function isListDefault({ path, part }: Violation): boolean {
  // `properties/default/0` is a field of the group "default"; longer paths are inside a field.
  return path.length > 3 && path.at(-2) === 'default' && part.node.type !== 'object';
}

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
