import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Everything in which a page may be cited. */
const PLACES = ['src', 'test', 'templates', 'schemas', 'scripts', 'bin', 'docs'];
const PAGES = ['README.md', 'README-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];
const TEXT = /\.(?:ts|mjs|cjs|js|py|go|sh|json|ya?ml|md|txt|html)$|ignore$/;

/** A mention of a page: `docs/wire.md#data`, also with more headings behind it: `docs/wire.md#data, #sockets`. */
export interface Citation {
  readonly file: string;
  readonly page: string;
  readonly headings: readonly string[];
}

/** The text files of the project in which a page may be cited, with `/`, below the project's folder. */
export function citingFiles(root: string): string[] {
  const inFolder = (place: string): string[] =>
    readdirSync(path.join(root, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .map((file) => file.replaceAll(path.sep, '/'));
  return [...PLACES.flatMap(inFolder), ...PAGES].filter((file) => !file.includes('node_modules/'));
}

/** The mentions of `.md` files in a text, whether in a comment, a string or a link. */
export function citationsIn(file: string, text: string): Citation[] {
  // A citation may go on in the next line of a comment.
  const lines = text.replace(/\n[ \t]*(?:\*|\/\/|#)?[ \t]*/g, ' ').replace(/\\[nt]/g, ' ');
  const mention = /([\w./-]*\w\.md)\b(?!\.\w)((?:(?:, | and )?#(?!\d+\b)[\w-]+)*)/g;
  return Array.from(lines.matchAll(mention), ([, page = '', headings = '']) => ({
    file,
    page,
    headings: Array.from(headings.matchAll(/#([\w-]+)/g), ([, heading = '']) => heading),
  }));
}

/** The links of a page to headings of its own: `](#tokens)`. */
export function ownLinksIn(text: string): string[] {
  return Array.from(text.matchAll(/\]\(#([^)\s]+)\)/g), ([, heading = '']) => heading);
}

/** The anchors of a page's headings, as GitHub makes them; of two that are alike the second gets `-1`. */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  const prose = page.replace(/^```[\s\S]*?^```/gm, '');
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let name = anchor;
    for (let n = 1; anchors.has(name); n++) name = `${anchor}-${n}`;
    anchors.add(name);
  }
  return anchors;
}

/** What is wrong with a citation, or null: `pages` gives the text of a page of the project by its path. */
export function faultOf(citation: Citation, pages: ReadonlyMap<string, string>): string | null {
  const { file, page, headings } = citation;
  const found = [page, path.posix.join(path.posix.dirname(file), page)]
    .map((one) => pages.get(path.posix.normalize(one)))
    .find((text) => text !== undefined);
  if (found === undefined) return `${file}: there is no page ${page}`;
  const anchors = anchorsOf(found);
  const missing = headings.filter((heading) => !anchors.has(heading));
  return missing.length === 0 ? null : `${file}: ${page} has no heading #${missing.join(', #')}`;
}

/** The pages of the project by path. */
export function readPages(root: string, files: readonly string[]): Map<string, string> {
  const pages = files.filter((file) => file.endsWith('.md'));
  return new Map(pages.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}
