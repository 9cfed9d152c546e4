import { printable } from '../lint/printable.ts';

const MASK = '***';

/**
 * What was typed, for a report that leaves the machine: without passwords and queries of addresses, without the values
 * of settings (`NAME=value`), of flags that take a secret, and of tokens.
 */
export function shownArguments(argv: readonly string[]): string[] {
  return argv.map((argument, index) => {
    if (takesSecret(argv[index - 1] ?? '')) return MASK;
    if (!argument.startsWith('-')) return shownValue(argument);
    const at = argument.indexOf('=');
    if (at < 0) return printable(argument);
    const flag = argument.slice(0, at);
    return `${printable(flag)}=${takesSecret(flag) ? MASK : shownValue(argument.slice(at + 1))}`;
  });
}

function takesSecret(flag: string): boolean {
  return /^--.*(token|secret|password|passphrase|credential)/i.test(flag) && !/file$/i.test(flag);
}

function shownValue(value: string): string {
  const setting = /^[A-Za-z_][\w.-]*=/.exec(value);
  if (setting) return `${printable(setting[0])}${MASK}`;
  // The first two thirds of a signed token are JSON in base64: `{"` begins it.
  if (/^eyJ[\w-]+\.[\w-]+\./.test(value)) return MASK;
  return printable(shownAddress(value));
}

/** `http://user:password@host/x?signature=y` is shown as `http://***@host/x?***`. */
function shownAddress(value: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const rest = value.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  const hasLogin = at > 0 && (scheme !== '' || rest.slice(0, at).includes(':'));
  const place = hasLogin ? `${MASK}${rest.slice(at)}` : rest;
  const query = scheme === '' ? -1 : place.search(/[?#]/);
  return `${scheme}${query < 0 ? place : `${place.slice(0, query)}?${MASK}`}`;
}
