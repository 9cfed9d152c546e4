import { isHiddenKey, SECRET_WORD, withoutPasswords } from './secret-keys.ts';

const STARS = '***';

/** `password: x`, `"apiKey": "x"`, `token = x`: all of it up to the value. Bounded: a hostile line is long. */
const SETTING = new RegExp(
  `(?:(?:${SECRET_WORD})[\\w.-]{0,64}|(?<![\\w.-])(?:user|db|auth|login|mqtt|smtp|sasl)?[-_]?pass)["']?\\s{0,8}[:=]\\s{0,8}`,
  'i',
);

/** Files in which a key with such a name holds a secret; in a program it may be anything. */
const SETTINGS_FILE = /\.(ya?ml|json|toml|ini|conf|cfg|properties|env)$/i;

/** A value as it may be shown: stars for a secret, texts without the passwords of URLs. */
export function masked(value: unknown, secret = false): unknown {
  if (typeof value === 'object' && value !== null) return maskedMembers(value, secret);
  if (secret) return value === null || value === '' ? value : STARS;
  return typeof value === 'string' ? withoutPasswords(value) : value;
}

/** A line of a file as it may be shown: nothing behind the first key that holds a secret. */
export function maskedLine(path: string, line: string): string {
  const setting = SETTINGS_FILE.test(path) ? SETTING.exec(line) : null;
  if (setting === null) return withoutPasswords(line);
  const front = line.slice(0, setting.index + setting[0].length);
  const value = line.slice(front.length).trim();
  return value === '' || OPENS.test(value) ? line : `${withoutPasswords(front)}${STARS}`;
}

/** The value comes on the lines below. */
const OPENS = /^(?:[[{]|[|>][-+\d]{0,2}(?:\s+#.*)?)$/;

/** So many lines above one are looked at. */
const LOOK_BACK = 100;

/**
 * A line as it may be shown by itself: also nothing of a value that began above it, as block scalars and the values of
 * a mapping under `credentials` do. `lineAt` gives a line by its number from 1 on.
 */
export function maskedLineAt(path: string, lineAt: (line: number) => string, line: number): string {
  const own = lineAt(line);
  if (!SETTINGS_FILE.test(path)) return maskedLine(path, own);
  const lead = /^\s*/.exec(own)?.[0] ?? '';
  return isInSecret(lineAt, line, lead.length) && own.trim() !== ''
    ? `${lead}${STARS}`
    : maskedLine(path, own);
}

function isInSecret(lineAt: (line: number) => string, line: number, lead: number): boolean {
  let indent = lead;
  for (let above = line - 1; above >= Math.max(1, line - LOOK_BACK); above -= 1) {
    const text = lineAt(above).slice(0, LONGEST_LINE);
    if (text.trim() === '') continue;
    const setting = SETTING.exec(text);
    const value = setting === null ? '' : text.slice(setting.index + setting[0].length).trim();
    if (isOpenQuote(value) && !isClosedBetween(lineAt, value, above + 1, line)) return true;
    const own = text.search(/\S/);
    if (own >= indent) continue;
    if (setting !== null && !/^#/.test(text.trim()) && !isClosed(value)) return true;
    indent = own;
  }
  return false;
}

const LONGEST_LINE = 4096;

/** Nothing of such a value stands on the next line. */
function isClosed(value: string): boolean {
  const quote = value.charAt(0);
  return (quote === '"' || quote === "'") && !isOpenQuote(value);
}

function isOpenQuote(value: string): boolean {
  const quote = value.charAt(0);
  return (quote === '"' || quote === "'") && !value.includes(quote, 1);
}

function isClosedBetween(
  lineAt: (line: number) => string,
  value: string,
  from: number,
  to: number,
): boolean {
  for (let line = from; line < to; line += 1) {
    if (lineAt(line).includes(value.charAt(0))) return true;
  }
  return false;
}

function maskedMembers(value: object, secret: boolean, depth = 0): unknown {
  if (depth > 64) return STARS;
  const inner = (member: unknown, key: string): unknown => {
    const hide = secret || isHiddenKey(key);
    return typeof member === 'object' && member !== null
      ? maskedMembers(member, hide, depth + 1)
      : masked(member, hide);
  };
  if (Array.isArray(value)) return value.map((item) => inner(item, ''));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, key)]));
}
