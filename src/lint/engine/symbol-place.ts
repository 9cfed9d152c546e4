import { fieldOf } from '../../model/json/member.ts';
import type { Span } from '../../model/json/node.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import type { Subject } from '../subject/subject.ts';
import type { Report } from './rule.ts';

/** Where the manifest declares a symbol: the manifest's path and the range of the name in its list. */
export function placeOfSymbol(subject: Subject, symbol: PluginSymbol): Pick<Report, 'file' | 'at'> {
  const file = subject.manifest?.path ?? '';
  const at = placesIn(subject).get(`${symbol.kind} ${symbol.name}`);
  return at ? { file, at } : { file };
}

/** By kind and name; the first of duplicates. A map, because a manifest may have 100,000 symbols. */
const places = new WeakMap<Subject, ReadonlyMap<string, Span>>();

function placesIn(subject: Subject): ReadonlyMap<string, Span> {
  const known = places.get(subject) ?? findPlaces(subject);
  places.set(subject, known);
  return known;
}

function findPlaces({ manifest }: Subject): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  for (const kind of SYMBOL_KINDS) {
    const list = manifest?.fixed.ok ? fieldOf(manifest.fixed.root, FOLDER_OF[kind]) : null;
    for (const item of list?.type === 'array' ? list.items : []) {
      const key = item.type === 'string' ? `${kind} ${item.value}` : '';
      if (key !== '' && !found.has(key)) found.set(key, { start: item.start, end: item.end });
    }
  }
  return found;
}
