import type { GoValue } from '../schema/go-value.ts';
import { goValueOf } from '../schema/violations.ts';
import type { SymbolFile } from '../subject/subject.ts';

/** The fields of one list: the properties of a group, of a sink, or those nested in a default. */
export interface FieldList {
  readonly list: GoValue;
  readonly fields: readonly GoValue[];
}

/** Every list of fields of a source or sink file, nested ones too; none for a function file. */
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

/** A text under a key; empty where there is none or it is something else. */
export function textUnder(part: GoValue, key: string): string {
  const value = part.under.get(key)?.value;
  return typeof value === 'string' ? value : '';
}

/** `"interval"` for people: the field's name, or its place where it has none. */
export function fieldTitle(field: GoValue): string {
  const name = textUnder(field, 'name');
  return name === '' ? 'this property' : `the property "${name}"`;
}

/** Where to point for a key of an object: at its value, else at the opening brace. */
export function placeUnder(part: GoValue, key: string): { start: number; end: number } {
  const node = part.under.get(key)?.node;
  if (node) return { start: node.start, end: node.end };
  return { start: part.node.start, end: part.node.start + 1 };
}
