import { plainText } from './text.ts';

const MASK = '[token]';
/** Shorter parts of a token could be words of an ordinary sentence. */
const LEAST_PART = 16;

/** Removes secrets that were sent to a host from its responses. */
export interface Masking {
  /** Registers a token; call it before the token is sent. */
  hide(token: string): void;
  /** The text without any registered token, and without a token's payload or signature alone. */
  mask(text: string): string;
}

/**
 * Creates a Masking. Hosts and proxies echo headers in their error pages; no part of a token may be printed or logged.
 */
export function masking(): Masking {
  const hidden = new Set<string>();
  return {
    hide(token) {
      for (const form of formsOf(token)) hidden.add(form);
    },
    mask(text) {
      if (hidden.size === 0) return text;
      const masked = without(text, hidden);
      // JSON is decoded and control characters are removed later; neither must restore a token.
      const plain = plainText(unescaped(masked));
      const safe = without(plain, hidden);
      return safe === plain ? masked : safe;
    },
  };
}

/** Longest first, so that the whole token is replaced as one; the JWT header is not secret. */
function formsOf(token: string): string[] {
  const [, payload = '', signature = ''] = token.split('.');
  const parts = [payload, signature].filter((part) => part.length >= LEAST_PART);
  const escaped = [JSON.stringify(token).slice(1, -1), encodeURIComponent(token)];
  return [...new Set([token, ...escaped, ...parts])].filter((form) => form !== '');
}

/** Undoes the escapes of JSON and of Go's quoted strings. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([abefrtv\\/"]))/gi,
    (_all, four, two, one) => {
      const code: unknown = four ?? two;
      if (typeof code === 'string') return String.fromCharCode(Number.parseInt(code, 16));
      return one === '/' || one === '"' || one === '\\' ? one : '\u0007';
    },
  );
}

function without(text: string, hidden: ReadonlySet<string>): string {
  let left = text;
  for (const form of [...hidden].sort((a, b) => b.length - a.length)) {
    if (left.includes(form)) left = left.replaceAll(form, MASK);
  }
  return left;
}
