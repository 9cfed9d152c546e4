import { SECRET_WORD, SHORT_WORD, VALUE_WORD } from './secret-keys.ts';

/** The format of a text, which decides where the value of a key may be. */
export type TextKind = 'json' | 'yaml' | 'markup' | 'prose' | 'shell' | 'settings';

/** All quantifiers are bounded, because an untrusted line may be long. */
const SHORT = `(?<![\\w.-])${SHORT_WORD}`;
const KEY = `(?:(?:${SECRET_WORD})[\\w.-]{0,64}|${SHORT})(?:\\\\{0,8}["'])?`;
/** What may follow such a word before the sign: `password of the db (test)[0] += x`. */
const REST = String.raw`[\w.\-/()[\]@+\s\\*"'$]{0,200}?`;
const NAME = `(?:${SECRET_WORD})`;

/** `password: x`, `"apiKey": "x"`, `token = x`: up to the value. */
const SETTING = `(?:${NAME}${REST}|${SHORT}["']?\\s{0,200})[:=]\\s{0,200}`;
const IN_PROSE = `(?:${NAME}${REST}|${SHORT}["']?\\s{0,200})[:=|]\\s{0,200}`;
const IN_MARKUP = `(?:${NAME}[\\w.\\-/<:="'\\s]{0,200}?|${SHORT}\\s{0,8})[:=>]\\s{0,200}`;
/** Next to the name of a secret, `value: x` is a setting too. */
const VALUE = `\\b(?:${VALUE_WORD})["']?\\s{0,8}[:=]\\s{0,8}`;

interface Settings {
  readonly own: RegExp;
  readonly besideName: RegExp;
}

const settingsOf = (form: string): Settings => ({
  own: new RegExp(`${form}`, 'gi'),
  besideName: new RegExp(`${form}|${VALUE}`, 'gi'),
});
const ORDINARY = settingsOf(SETTING);
export const SETTINGS: Readonly<Record<TextKind, Settings>> = {
  json: ORDINARY,
  yaml: ORDINARY,
  settings: ORDINARY,
  shell: ORDINARY,
  markup: settingsOf(IN_MARKUP),
  prose: settingsOf(IN_PROSE),
};
/** `password x`, `set password x`, `ENV PASSWORD x` */
export const SPACED = new RegExp(
  `^\\s{0,64}(?:[^\\s:=]{1,64}\\s{1,8}){0,2}?[^\\s:=]{0,64}?${KEY}\\s{1,200}(?=[^\\s:=])`,
  'gi',
);
/** `[password]` */
export const SECTION = new RegExp(`^\\s{0,64}\\[{1,2}[^\\]",]{0,64}?${KEY}[^\\]",]{0,64}\\]`, 'i');
/** A key whose `:` follows on the next line, as JSON and the `?` of YAML allow. */
export const KEY_ALONE = new RegExp(
  `(?:^\\s{0,64}(?:- )?\\?\\s.{0,64}?|["'][\\w.-]{0,64}?)${KEY}\\s{0,8}$`,
  'i',
);
/** For formats without signs and quotes. */
export const WORD_ALONE = new RegExp(`^[^:=]{0,64}?${KEY}\\s{0,64}$`, 'i');
/** `name: password`, `"key": "apiToken",` */
export const NAMED = new RegExp(
  `\\b(?:name|key|id)["']?\\s{0,8}[:=]\\s{0,8}["']?[\\w.-]{0,64}?${KEY}\\s{0,8}(?:[,;}#/>]|\\bvalue|$)`,
  'i',
);
const QUOTED_KEY = String.raw`"(?:[^"\\]|\\.){0,200}"\s{0,8}[:=]`;
export const NEXT_SECTION = /^\[{1,2}[^\]",]{1,200}\]/;
const NEXT_JSON_KEY = new RegExp(`^(?:${QUOTED_KEY}|[\\]}])`);
/** A line start that is not the value of a key above it. */
const NEXT_KEY = new RegExp(
  `^(?:${QUOTED_KEY}|'[^']{0,200}'\\s{0,8}[:=]|[\\w$@/.<~*&!][^:="'#]{0,200}[:=]|[\\]}]|\\? |---|\\.\\.\\.)|${NEXT_SECTION.source}`,
);
export const NEXT_LINE: Readonly<Record<TextKind, RegExp>> = {
  json: NEXT_JSON_KEY,
  yaml: NEXT_KEY,
  settings: NEXT_KEY,
  shell: /^/,
  markup: /^<(?:\/|key\b)/i,
  prose: /^/,
};

/** Whether the value follows on the next lines. */
export function isOnlyOpening(text: string): boolean {
  return OPENS.test(text.trim());
}

const OPENS = /^(?:[[{\\]|[|>][-+\d]{0,2}(?:\s{1,8}#.{0,200})?)?$/;
