import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../bin/run.ts';
import {
  anchorsOf,
  type Citation,
  citationsIn,
  citingFiles,
  faultOf,
  ownLinksIn,
  readPages,
} from './citations.ts';

/** Names of files that are no pages of this project, and why they stand there. */
const NO_PAGES: readonly (readonly [file: RegExp, names: readonly string[], because: string])[] = [
  [
    /^test\/unit\/(?:model\/secrets|lint\/rules|package\/ignore)\/|^test\/cli\/validate\.test/,
    [
      'readme.md',
      'sources/readme.md',
      'empty/readme.md',
      'lib/a.md',
      'secrets.md',
      'secrets/README.md',
      'docs/credentials.md',
      '.ssh.md',
    ],
    'files of plugins that a test makes',
  ],
  [/^test\/unit\/docs\//, [], 'examples of this test; empty: every name'],
  [
    /^test\/e2e\/serve-by-hand\.test/,
    ['docs/en_US/extension/portable/overview.md'],
    "a page of eKuiper's own documentation",
  ],
  [/^templates\/[a-z]+\/kpluginignore$/, ['/README.md'], 'a pattern of paths in a plugin'],
];

const isNoPage = ({ file, page }: Citation): boolean =>
  NO_PAGES.some(
    ([where, names]) => where.test(file) && (names.length === 0 || names.includes(page)),
  );

const files = citingFiles(ROOT);
const pages = readPages(ROOT, files);
const citations = files.flatMap((file) =>
  citationsIn(file, pages.get(file) ?? readFileSync(path.join(ROOT, file), 'utf8')),
);

describe('pages that sources, tests and pages cite', () => {
  it('are in the project, with each heading', () => {
    const faults = citations
      .filter((one) => !isNoPage(one))
      .flatMap((one) => faultOf(one, pages) ?? []);
    expect(faults).toEqual([]);
    expect(citations.filter(({ headings }) => headings.length > 0).length).toBeGreaterThan(150);
  });

  it('are cited by headings, not by numbers of rows and sections', () => {
    const numbered = files
      .filter((file) => file.startsWith('src/'))
      .filter((file) => /\bN\d{1,2}\b|§ ?\d/.test(readFileSync(path.join(ROOT, file), 'utf8')));
    expect(numbered).toEqual([]);
  });

  it.each(NO_PAGES)('%s names %j: %s', (where, names) => {
    const named = citations.filter(({ file }) => where.test(file)).map(({ page }) => page);
    expect(named).toEqual(expect.arrayContaining([...names]));
  });

  it('have the headings of their own links', () => {
    const dead = [...pages].flatMap(([file, text]) => {
      const anchors = anchorsOf(text);
      const links = ownLinksIn(text).filter((heading) => !anchors.has(heading));
      return links.map((heading) => `${file}: #${heading}`);
    });
    expect(dead).toEqual([]);
  });

  it('are all in the list of CONTRIBUTING.md', () => {
    const listed = citationsIn('CONTRIBUTING.md', pages.get('CONTRIBUTING.md') ?? '');
    const docs = [...pages.keys()].filter((file) => file.startsWith('docs/'));
    expect(listed.map(({ page }) => page)).toEqual(expect.arrayContaining(docs));
  });
});

describe('what is a citation', () => {
  it.each([
    ['/** See docs/wire.md#data. */', 'docs/wire.md', ['data']],
    ['(docs/wire.md#data, #sockets)', 'docs/wire.md', ['data', 'sockets']],
    [' * Source: docs/wire.md#data,\n * #sockets.', 'docs/wire.md', ['data', 'sockets']],
    ['  // docs/wire.md#data and #sockets', 'docs/wire.md', ['data', 'sockets']],
    ["'docs/wire.md#data, #3784'", 'docs/wire.md', ['data']],
    ['[the wire](wire.md#data)', 'wire.md', ['data']],
    ['It is in docs/wire.md#Data.', 'docs/wire.md', ['Data']],
    ['It is in docs/wire.md.', 'docs/wire.md', []],
    ['field-notes.md §2a', 'field-notes.md', []],
    [String.raw`'src/\nREADME.md\n'`, 'README.md', []],
  ])('%j', (text, page, headings) => {
    expect(citationsIn('a.ts', text)).toEqual([{ file: 'a.ts', page, headings }]);
  });

  it('is nothing else', () => {
    expect(citationsIn('a.ts', 'a.mdx the.md.ts x.cmd *.md .md')).toEqual([]);
  });

  it.each([
    ['docs/wire.md', ['data'], null],
    ['wire.md', ['data-1'], null],
    ['docs/wire.md', ['rows-of-a-sink', 'tmp-is-read-only'], null],
    ['docs/wire.md', ['data', 'socket'], 'docs/a.md: docs/wire.md has no heading #socket'],
    ['docs/wires.md', [], 'docs/a.md: there is no page docs/wires.md'],
    ['docs/wire.md', ['no-heading'], 'docs/a.md: docs/wire.md has no heading #no-heading'],
  ])('%s %j is right where nothing is missing: %s', (page, headings, fault) => {
    const text =
      '# Wire\n## Data\n## Data\n### Rows of a sink\n# `/tmp` is read-only\n```\n# No heading\n```\n';
    const known = new Map([['docs/wire.md', text]]);
    expect(faultOf({ file: 'docs/a.md', page, headings }, known)).toBe(fault);
  });
});
