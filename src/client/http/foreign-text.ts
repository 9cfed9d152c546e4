import { visible, visibleJson } from '../../model/printable.ts';

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are what is taken out
/** Colours and cursor movements; titles and links; every other escape sequence (ECMA-48). */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: back to normal

const MOST_WORDS = 300;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
  '&quot;': '"',
};

const MASK = '[token]';

/** Shorter parts of a token could be words of an ordinary sentence. */
const LEAST_PART = 16;

/**
 * A host's error message without the colours of a plugin's stderr, CRLF as LF; for comparisons and for JSON output.
 * Other control characters stay: they are escaped when the text is printed.
 */
export function wordsOf(text: string): string {
  return text.replace(ESCAPES, '').replace(/\r\n?/g, '\n');
}

/**
 * Sanitizes a host's text for the terminal: removes escape sequences, converts CRLF to LF, and escapes other control
 * and invisible characters. Text of a host is never trusted: a plugin's stderr becomes part of eKuiper's error
 * messages.
 */
export function plainText(text: string): string {
  return visible(wordsOf(text));
}

/**
 * Escapes every control and invisible character (`\x1b`, `\u202e`) and removes nothing: for texts that a user has to
 * confirm.
 */
export function visibleText(text: string): string {
  return visible(text.replace(/\r\n/g, '\n'));
}

/** A name or version on one line, control and invisible characters escaped, as all other output shows it. */
export function plainLine(text: string): string {
  return onOneLine(visible(text));
}

function onOneLine(text: string): string {
  return text.replace(/[\n\t]+/g, ' ').trim();
}

/** JSON with control and invisible characters escaped (`\\u202e`), so that a terminal shows it as it is. */
export function printableJson(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

/** Truncates a long text and appends how many characters were left out. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}… (${text.length - limit} more characters)`;
}

/**
 * Sanitizes a text from a library or another server for use in a message of kplugin: one line of at most 300
 * characters. It may contain what a server chose: a redirect target, a host name, a header, names in a certificate.
 */
export function foreignWords(text: string): string {
  // Very long texts are truncated before they are searched.
  const line = onOneLine(plainText(text.slice(0, 4 * MOST_WORDS)));
  return text.length > MOST_WORDS
    ? `${line.slice(0, MOST_WORDS)}… (${text.length} characters)`
    : clipped(line, MOST_WORDS);
}

/**
 * Undoes Go's `html.EscapeString`, which eKuiper 2.0+ applies to the path of an upload (docs/ekuiper.md#uploads). Each
 * entity is replaced once, so `&amp;lt;` becomes `&lt;`.
 */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

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
