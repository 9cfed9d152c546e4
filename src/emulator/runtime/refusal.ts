/**
 * A refusal of the host with eKuiper's error text; additional text of kplugin follows after a line feed. The HTTP
 * server converts it to eKuiper's error body.
 */
export class HostRefusal extends Error {
  override name = 'HostRefusal';
  /** Whether eKuiper answers 404 instead of 400. */
  readonly notFound: boolean;

  constructor(words: string, options: { notFound?: boolean; cause?: unknown } = {}) {
    super(words, { cause: options.cause });
    this.notFound = options.notFound ?? false;
  }
}

/** Joins eKuiper's error text with kplugin's own lines, which say how to fix it. */
export function diagnosed(words: string, diagnosis: readonly string[]): string {
  return [words, ...diagnosis].join('\n');
}
