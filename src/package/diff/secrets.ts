/** Keys whose values are nobody's business, whatever is in front or behind: `saslPassword`, `api_key`. */
const SECRET =
  /passw|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential/i;
const STARS = '***';

/** User and password in a URL. */
const USERINFO = /(\b[a-z][a-z0-9+.-]{0,32}:\/\/)[^/\s@"']+@/gi;

/** `password: x`, `"apiKey": "x"`, `token = x`: all of it up to the value. Bounded: a hostile line is long. */
const SETTING = new RegExp(`(?:${SECRET.source})[\\w.-]{0,64}["']?\\s{0,8}[:=]\\s{0,8}`, 'i');

/** Files in which a key with such a name holds a secret; in a program it may be anything. */
const SETTINGS_FILE = /\.(ya?ml|json|toml|ini|conf|cfg|properties|env)$/i;

/** Whether what stands under a key must not be shown. */
export function isSecretKey(key: string): boolean {
  return SECRET.test(key);
}

/** A value as it may be shown: stars for a secret, texts without the user and password of URLs. */
export function masked(value: unknown, secret = false): unknown {
  if (typeof value === 'object' && value !== null) return maskedMembers(value, secret);
  if (secret) return value === null || value === '' ? value : STARS;
  return typeof value === 'string' ? maskedText(value) : value;
}

/** A line of a file as it may be shown: nothing behind the first key that holds a secret. */
export function maskedLine(path: string, line: string): string {
  const setting = SETTINGS_FILE.test(path) ? SETTING.exec(line) : null;
  if (setting === null) return maskedText(line);
  const front = line.slice(0, setting.index + setting[0].length);
  const value = line.slice(front.length).trim();
  return value === '' || OPENS.test(value) ? line : `${maskedText(front)}${STARS}`;
}

/** The value comes on the lines below. */
const OPENS = /^[[{|>]$/;

function maskedMembers(value: object, secret: boolean, depth = 0): unknown {
  if (depth > 64) return STARS;
  const inner = (member: unknown, key: string): unknown => {
    const hide = secret || isSecretKey(key);
    return typeof member === 'object' && member !== null
      ? maskedMembers(member, hide, depth + 1)
      : masked(member, hide);
  };
  if (Array.isArray(value)) return value.map((item) => inner(item, ''));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, key)]));
}

function maskedText(text: string): string {
  return text.replace(USERINFO, `$1${STARS}@`);
}
