import type { Span } from '../../model/json/node.ts';
import { placeOfMissing } from '../../model/schema/place.ts';
import type { SchemaError, Validator } from '../../model/schema/validator.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import type { SymbolFile } from '../subject/subject.ts';
import { type GoValue, goValue, partAt } from './go-value.ts';
import { FUNCTION_SHAPE, type Shape, SINK_SHAPE, SOURCE_SHAPE } from './shape.ts';
import { validateFunction, validateSink, validateSource } from './validators.generated.js';

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

const BY_KIND: Record<SymbolKind, { readonly shape: Shape; readonly validate: Validator }> = {
  source: { shape: SOURCE_SHAPE, validate: validateSource },
  sink: { shape: SINK_SHAPE, validate: validateSink },
  function: { shape: FUNCTION_SHAPE, validate: validateFunction },
};

const values = new WeakMap<SymbolFile, GoValue | null>();
const found = new WeakMap<SymbolFile, readonly Violation[]>();

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
