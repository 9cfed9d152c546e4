import { visible, visibleJson } from '../../model/printable.ts';

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are what is taken out
/** Colours and cursor movements; titles and links; every other escape sequence (ECMA-48). */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: back to normal

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

const MOST_WORDS = 300;

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

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
  '&quot;': '"',
};

/**
 * Undoes Go's `html.EscapeString`, which eKuiper 2.0+ applies to the path of an upload (docs/ekuiper.md#uploads). Each
 * entity is replaced once, so `&amp;lt;` becomes `&lt;`.
 */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
