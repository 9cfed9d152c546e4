import {
  FRONTS,
  isHiddenValue,
  isWeakKey,
  looksRandom,
  SECRET_WORDS,
} from '../forms/real-values.ts';

const WORDS: readonly string[] = SECRET_WORDS.strong;

/** The key of the value next to `name: password`. */
export const VALUE_WORD = 'value|val|v|default|data';
export const NAME_KEYS: ReadonlySet<string> = new Set(['name', 'key', 'id']);
export const VALUE_KEYS: ReadonlySet<string> = new Set(VALUE_WORD.split('|'));

/** Matches a secret word anywhere in a text, case-insensitive. */
export const SECRET_WORD = WORDS.map((word) => word.replaceAll(' ', '[-_. ]?')).join('|');

/** Without the flag `g`, so it has no state. */
export const MENTIONED = new RegExp(`(?:${SECRET_WORD})`, 'i');
const ENDS = new RegExp(`(?:${WORDS.map((word) => word.replaceAll(' ', '')).join('|')})$`);
/** `pass` is also the end of other words: `lowPass` is a filter. */
const WHOLE = `(?:${FRONTS})?[-_]?(?:${SECRET_WORDS.whole.join('|')})`;
const PASS = new RegExp(`^${WHOLE}$`);
/** The source of this pattern for use in other patterns, without boundaries. */
export const SHORT_WORD = WHOLE;

/** Whether a key names a secret: `saslPassword`, `api_key`, but not `tokenUrl` or `passwordFile`. */
export function isSecretKey(key: string): boolean {
  const plain = plainKey(key);
  return ENDS.test(plain) || PASS.test(plain);
}

/** Whether the value of a key must not be shown; hides in case of doubt: `tokenUrl` too. */
export function isHiddenKey(key: string): boolean {
  return MENTIONED.test(key.normalize('NFC')) || PASS.test(plainKey(key));
}

/** {@link isSecretKey}, and also keys for which the value decides: a random-looking value is a secret. */
export function isSecretSetting(key: string, value: string): boolean {
  if (isSecretKey(key)) return true;
  if (!isWeakKey(key) || (value.includes('://') && !/hook/i.test(key))) return false;
  return looksRandom(value);
}

/** {@link isHiddenKey}, and also keys for which the value decides. */
export function isHiddenSetting(key: string, value: unknown): boolean {
  return isHiddenKey(key) || (isHiddenValue(value) && isWeakKey(key));
}

/** Whether an object has a secret name as a value, as in `{name: password, value: x}`. */
export function isNamedSecret(members: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(members).some(
    ([key, value]) =>
      NAME_KEYS.has(key.toLowerCase()) && typeof value === 'string' && isSecretKey(value),
  );
}

/** Whether the next item of a list is a secret: `[--password, x]`. */
export const namesNextSecret = (item: string): boolean => isSecretKey(item.replace(/^-+/, ''));

/** Whether a key of such an object holds the secret. */
export const isValueKey = (key: string): boolean => VALUE_KEYS.has(key.toLowerCase());

/** Lower case without separators. */
export function plainKey(key: string): string {
  return key
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_. ]/g, '');
}

/** `mqtt://user:password@host`; the password may contain `/`, but the path after a port is not a password. */
const IN_URL =
  /\b([a-z][a-z0-9+.-]{0,32}:\/\/)(?:([^/\s"':@]{0,200}:(?!\d{1,5}\/)[^\s"']{1,250})|[^/\s"']{1,400})(?=@)/gi;
/** `user:password@tcp(host:3306)/db`, as Go drivers write it. */
const IN_DSN = /(:)([^\s"'/]{1,200})(?=@[a-z0-9]{0,20}\()/gi;
const HAS_DSN = /@[a-z0-9]{0,20}\(/i;
const WORD = `("[^"]+"?|'[^']+'?|[^\\s"'\`]+)`;
/** `Authorization: Bearer x`, `--password x`, `--db-token='x y'` */
const BEHIND_WORD = new RegExp(
  `(\\b(?:Bearer|Basic)\\s{1,4}(?=\\S{6})|--[\\w-]{0,40}(?:pass(?:word|wd|phrase)?|pw|token|secret|api-?key)[=\\s]\\s{0,4})(?![$<{%*])${WORD}`,
  'gi',
);
/** `mysql -px`, `sshpass -p x`, `mosquitto_pub -P x` */
const OF_COMMAND = new RegExp(
  `(\\b(?:mysql\\w{0,16}|mariadb|sshpass|mosquitto_\\w{3,4}|redis-cli|mongo\\w{0,8}|ldap\\w{0,8})\\b[^\\n]{0,250}?\\s-[pPaw]\\s{0,2})${WORD}`,
  'g',
);
/** `curl -u user:x` */
const BEHIND_USER = new RegExp(
  `((?:\\s-u|--(?:proxy-)?user)[=\\s]{0,4}["']?[^\\s:"']{1,100}:)${WORD}`,
  'g',
);
/** `Server=h;Password=x`, `AccountKey=x`, `?access_token=x`, `&sig=x` */
const IN_PAIR =
  /((?<=^|["';?&]\s{0,2})(?:password|passwd|pwd|sharedaccesskey|accountkey|secret|token|api[-_]?key)=|(?<=[?&;])[\w.-]{0,40}(?:token|secret|passw(?:or)?d|api[-_]?key|access[-_]?key|auth[-_]?key|app[-_]?key|jwt|sig|signature)=)([^\s;&"'$<{%][^\s;&"'<{]{0,400})/gi;
const STARS = '***';
const FORMS = [IN_URL, BEHIND_WORD, OF_COMMAND, BEHIND_USER, IN_PAIR] as const;

/** Characters that every match contains; most lines have none of them. */
const MAY_HOLD = /[@=]|--|Bearer|Basic|\s-[pPawu]/i;

/** Replaces the passwords in URLs, connection strings and commands of a text. */
export function withoutPasswords(text: string): string {
  if (!MAY_HOLD.test(text)) return text;
  const pairs = FORMS.reduce((shown, form) => shown.replace(form, `$1${STARS}`), text);
  return HAS_DSN.test(pairs) ? pairs.replace(IN_DSN, `$1${STARS}`) : pairs;
}

/** With spaces around the sign; safe here because a setting contains no program expressions. */
const IN_SPACED_PAIR =
  /((?:^|[;&?\s])(?:password|passwd|pwd|sharedaccesskey|accountkey)\s{0,4}=\s{0,4})([^\s;&"']{1,400})/gi;
/** An HTTP header written as one text. */
const HEADER = /^[\w-]{1,60}:\s{1,8}\S/;

/**
 * Returns the passwords in the text of a setting, as far as {@link withoutPasswords} or a name in the same text
 * identifies them; not a user name alone.
 */
export function passwordsIn(text: string): string[] {
  const [name = '', ...value] = HEADER.test(text) ? text.split(/:\s+/) : [];
  const header = isSecretKey(name) ? [value.join(': ')] : [];
  if (!MAY_HOLD.test(text)) return header;
  const inside = [...FORMS, IN_DSN, IN_SPACED_PAIR].flatMap((form) =>
    Array.from(text.matchAll(form), ({ 2: hidden = '' }) => hidden.replace(/^["']|["']$/g, '')),
  );
  return [...header, ...inside].filter((password) => password !== '');
}
