import type { GoValue } from '../schema/go-value.ts';
import { goValueOf } from '../schema/violations.ts';
import type { SymbolFile } from '../subject/subject.ts';

/** One list of fields: the properties of a group, of a sink, or the fields nested in a default. */
export interface FieldList {
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

/** Every field of a source or sink file. */
export function fieldsOf(file: SymbolFile): GoValue[] {
  return fieldListsOf(file).flatMap(({ fields }) => fields);
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

/** The string under a key; empty when it is missing or not a string. */
export function textUnder(part: GoValue, key: string): string {
  const value = part.under.get(key)?.value;
  return typeof value === 'string' ? value : '';
}

/** The name of a field in messages, `"interval"`; its path when it has none. */
export function fieldTitle(field: GoValue): string {
  const name = textUnder(field, 'name');
  return name === '' ? 'this property' : `the property "${name}"`;
}

/** The range to report for a key of an object: its value, else the opening brace. */
export function placeUnder(part: GoValue, key: string): { start: number; end: number } {
  const node = part.under.get(key)?.node;
  if (node) return { start: node.start, end: node.end };
  return { start: part.node.start, end: part.node.start + 1 };
}
