import { visible, visibleJson } from '../../model/printable.ts';

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are what is taken out
/** Colours and cursor movements; titles and links; every other escape sequence (ECMA-48). */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: back to normal

/**
 * What a host says of an error, without the colours of a plugin's stderr that come with it, and CRLF as LF; for
 * comparing and for programs. It may hold anything else: what writes to the terminal makes it harmless.
 */
export function wordsOf(text: string): string {
  return text.replace(ESCAPES, '').replace(/\r\n?/g, '\n');
}

/**
 * A host's text made harmless for a terminal: escape sequences are gone, CRLF is LF, and what else a terminal would obey
 * or hide is made visible. What a host sends is never trusted: a plugin's stderr ends up in eKuiper's error messages.
 */
export function plainText(text: string): string {
  return visible(wordsOf(text));
}

/**
 * A text with everything that would not be seen made visible (`\x1b`, `\u202e`), nothing left out:
 * for what somebody is asked to read before saying yes.
 */
export function visibleText(text: string): string {
  return visible(text.replace(/\r\n/g, '\n'));
}

/** A name or a version on one line, with everything that would not be seen made visible, as every other output shows it. */
export function plainLine(text: string): string {
  return onOneLine(visible(text));
}

function onOneLine(text: string): string {
  return text.replace(/[\n\t]+/g, ' ').trim();
}

/** JSON that a terminal shows as it is: what a text must not hold stands as `\\u202e`. */
export function printableJson(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

/** Keeps the head of a long text and says how much was left out. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}… (${text.length - limit} more characters)`;
}

const MOST_WORDS = 300;

/**
 * What a library or a host says beside eKuiper's own errors, for a sentence of ours: one harmless line of at most 300
 * characters. It may repeat what a server chose: the target of a redirect, a host name, a header, the names in a certificate.
 */
export function foreignWords(text: string): string {
  // What is far longer is not worth looking through.
  const line = onOneLine(plainText(text.slice(0, 4 * MOST_WORDS)));
  return text.length > MOST_WORDS
    ? `${line.slice(0, MOST_WORDS)}… (${text.length} characters)`
    : clipped(line, MOST_WORDS);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
  '&quot;': '"',
};

/**
 * Undoes Go's `html.EscapeString`, which eKuiper 2.0+ applies to the path of an upload (docs/ekuiper.md#uploads).
 * Each entity is replaced once, so `&amp;lt;` becomes `&lt;`.
 */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
