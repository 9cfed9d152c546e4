import { fieldOf } from '../model/json/member.ts';
import { FOLDER_OF, type PluginSymbol } from '../model/symbol.ts';
import type { Report } from './rule.ts';
import type { Subject } from './subject.ts';

/** Where the manifest declares a symbol: the file, and the name in its list. */
export function placeOfSymbol(subject: Subject, symbol: PluginSymbol): Pick<Report, 'file' | 'at'> {
  const { manifest } = subject;
  const list = manifest?.mended.ok ? fieldOf(manifest.mended.root, FOLDER_OF[symbol.kind]) : null;
  const items = list?.type === 'array' ? list.items : [];
  const item = items.find((one) => one.type === 'string' && one.value === symbol.name);
  const file = manifest?.path ?? '';
  return item ? { file, at: { start: item.start, end: item.end } } : { file };
}
