import { plainText } from './text.ts';

const MASK = '[token]';
/** Shorter parts could be words of an ordinary sentence. */
const LEAST_PART = 16;

/** Takes the secrets that were sent to a host out of what comes back from it. */
export interface Masking {
  /** Remembers a token from before it is sent. */
  hide(token: string): void;
  /** The text without any hidden token, nor its payload or signature alone. */
  mask(text: string): string;
}

/** Hosts and proxies echo headers in their error pages; nothing of a token may reach a terminal or a log. */
export function masking(): Masking {
  const hidden = new Set<string>();
  return {
    hide(token) {
      for (const form of formsOf(token)) hidden.add(form);
    },
    mask(text) {
      if (hidden.size === 0) return text;
      const masked = without(text, hidden);
      // JSON is read and control characters go later, which must not put a token together again.
      const plain = plainText(unescaped(masked));
      const safe = without(plain, hidden);
      return safe === plain ? masked : safe;
    },
  };
}

/** Longest first, so that the whole token goes as a whole; the JWT's header is the same for everybody. */
function formsOf(token: string): string[] {
  const [, payload = '', signature = ''] = token.split('.');
  const parts = [payload, signature].filter((part) => part.length >= LEAST_PART);
  const escaped = [JSON.stringify(token).slice(1, -1), encodeURIComponent(token)];
  return [...new Set([token, ...escaped, ...parts])].filter((form) => form !== '');
}

/** What reading JSON, or Go's quoted text, makes of escapes. */
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
