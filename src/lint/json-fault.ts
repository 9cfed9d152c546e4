import type { JsonFile } from './subject.ts';

/** The ways in which a file fails to be JSON for Go, by what people did. */
export type JsonFault = 'empty' | 'byte-order-mark' | 'comment' | 'trailing-comma' | 'other';

/** What kind of mistake stopped Go's parser; null when the file is JSON. */
export function jsonFaultOf(file: JsonFile): JsonFault | null {
  if (file.json.ok) return null;
  const { text } = file.source;
  const { start } = file.json.at;
  if (text.trim() === '' && !text.startsWith('\ufeff')) return 'empty';
  if (start === 0 && /ï|þ|ÿ/.test(file.json.message)) return 'byte-order-mark';
  if (/^(\/\/|\/\*|#)/.test(text.slice(start, start + 2))) return 'comment';
  if (/[}\]]/.test(text[start] ?? '') && /,\s*$/.test(text.slice(0, start))) {
    return 'trailing-comma';
  }
  return 'other';
}
