/**
 * The host says no, in eKuiper's own words; whatever kplugin knows beyond them follows after a line feed.
 * The HTTP face turns it into eKuiper's error body.
 */
export class HostRefusal extends Error {
  override name = 'HostRefusal';
  /** What eKuiper answers 404 instead of 400 to. */
  readonly notFound: boolean;

  constructor(words: string, options: { notFound?: boolean; cause?: unknown } = {}) {
    super(words, { cause: options.cause });
    this.notFound = options.notFound ?? false;
  }
}

/** eKuiper's words first, then a line of our own: what a person needs to know to fix it. */
export function diagnosed(words: string, diagnosis: readonly string[]): string {
  return [words, ...diagnosis].join('\n');
}
