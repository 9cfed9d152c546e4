import { readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Linux follows so many links for one path (MAXSYMLINKS of its kernel); no system follows more. */
const MOST_LINKS = 40;
const FIRST_NAME = /^(?:\.\/+)*([^/]+)/;

/**
 * Which links of a folder lead in a circle, or to more links than any system follows. To ask the system costs a walk
 * over up to 40 links for each, of 4 kB if need be; here each link is read once.
 */
export class LinkRows {
  /** By path: how many links follow each other from there on, at least. */
  readonly #lengths = new Map<string, number>();
  readonly #read: (path: string) => string;

  /** `read` gives what a link says, and throws for what is none. */
  constructor(read: (path: string) => string = (path) => readlinkSync(path)) {
    this.#read = read;
  }

  /** `link` is absolute, its folder without links. Where this is false the system has to be asked. */
  isEndless(link: string): boolean {
    const row: string[] = [];
    let at: string | null = link;
    while (at !== null && !this.#lengths.has(at)) {
      // Met again before its length is known it leads in a circle.
      this.#lengths.set(at, Number.POSITIVE_INFINITY);
      row.push(at);
      at = this.#next(at);
    }
    let length = at === null ? -1 : (this.#lengths.get(at) ?? 0);
    for (const path of row.reverse()) {
      length += 1;
      this.#lengths.set(path, length);
    }
    return length > MOST_LINKS;
  }

  /** What has to be followed first for this link, if that lies beside it; null too for what is no link. */
  #next(path: string): string | null {
    const name = FIRST_NAME.exec(this.#textOf(path))?.[1] ?? '..';
    // What is not UTF-8 may be the name of another file.
    const isBeside = name !== '.' && name !== '..' && !name.includes('\ufffd');
    return isBeside ? join(dirname(path), name) : null;
  }

  #textOf(path: string): string {
    try {
      return this.#read(path);
    } catch {
      return '';
    }
  }
}
