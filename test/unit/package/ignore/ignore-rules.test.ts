import { describe, expect, it } from 'vitest';
import { ignorePattern } from '../../../../src/model/clean-path.ts';
import { ignoreRules } from '../../../../src/package/ignore/ignore-rules.ts';

/** Which of the paths stay, by the lines of a .kpluginignore alone. */
function kept(lines: readonly string[], paths: readonly string[]): string[] {
  const rules = ignoreRules([], { ignoreLines: lines, files: null }, []);
  return paths.filter((path) => rules.verdict(path).packed);
}

describe('.kpluginignore follows gitignore', () => {
  it.each<[string, string[], string[], string[]]>([
    [
      'a name matches at any depth',
      ['notes.txt'],
      ['notes.txt', 'a/notes.txt', 'b.txt'],
      ['b.txt'],
    ],
    ['a leading slash anchors', ['/notes.txt'], ['notes.txt', 'a/notes.txt'], ['a/notes.txt']],
    ['a slash in the middle anchors', ['a/x.txt'], ['a/x.txt', 'b/a/x.txt'], ['b/a/x.txt']],
    ['a trailing slash means folders', ['build/'], ['build/', 'build/x', 'a/build'], ['a/build']],
    ['a star stays inside a segment', ['/*.txt'], ['a.txt', 'a/b.txt'], ['a/b.txt']],
    ['a/*/c crosses one folder', ['a/*/c'], ['a/b/c', 'a/b/b/c'], ['a/b/b/c']],
    ['a/**/c crosses any number', ['a/**/c'], ['a/c', 'a/b/c', 'a/b/b/c', 'c'], ['c']],
    ['**/c is c anywhere', ['**/c'], ['c', 'a/c', 'cc'], ['cc']],
    ['a/** is all below', ['a/**'], ['a/b', 'a/b/c', 'a'], ['a']],
    ['a question mark is one character', ['?.txt'], ['a.txt', 'ab.txt'], ['ab.txt']],
    ['classes', ['[a-c].txt'], ['b.txt', 'd.txt'], ['d.txt']],
    ['negated classes', ['[!a].txt'], ['a.txt', 'b.txt'], ['a.txt']],
    ['the last match wins', ['*.txt', '!keep.txt'], ['a.txt', 'keep.txt'], ['keep.txt']],
    ['order matters', ['!keep.txt', '*.txt'], ['keep.txt', 'x'], ['x']],
    ['nothing below an ignored folder returns', ['a/', '!a/b'], ['a/b', 'c'], ['c']],
    ['but it does below a/*', ['a/*', '!a/b'], ['a/b', 'a/c'], ['a/b']],
    ['comments and empty lines', ['# a', '', 'b'], ['# a', 'a', 'b'], ['# a', 'a']],
    ['an escaped hash', ['\\#a'], ['#a', 'a'], ['a']],
    ['an escaped exclamation mark', ['\\!a'], ['!a', 'a'], ['a']],
    ['trailing spaces do not count', ['a.txt   '], ['a.txt'], []],
    ['escaped trailing spaces do', ['a\\ '], ['a ', 'a'], ['a']],
    ['letter case matters', ['README.md'], ['README.md', 'readme.md'], ['readme.md']],
    ['braces mean nothing', ['{a,b}.txt'], ['a.txt', '{a,b}.txt'], ['a.txt']],
  ])('%s', (_name, lines, paths, expected) => {
    expect(kept(lines, paths)).toEqual(expected);
  });
});

describe('a line lets in what the strict set leaves out by name', () => {
  it.each<[string[], string[]]>([
    [[], ['secrets/', 'secrets/x.py']],
    [['!secrets/'], ['secrets/', 'secrets/db.yaml', 'secrets/x.py', 'secrets/a/key.bin']],
    [['!secrets/db.yaml'], ['secrets/', 'secrets/db.yaml', 'secrets/x.py']],
    [['!/'], ['secrets/', 'secrets/x.py']],
    [['!auth.json'], ['secrets/', 'secrets/x.py', 'auth.json']],
  ])('%j', (lines, expected) => {
    const paths = ['secrets/', 'secrets/db.yaml', 'secrets/x.py', 'secrets/a/key.bin', 'auth.json'];
    expect(kept(lines, paths)).toEqual(expected);
  });
});

describe('a line made of a name lets in that very file', () => {
  const names = [
    'a[1].zip',
    '!z.zip',
    '#q.zip',
    'sp ace.zip',
    'w\\x.zip',
    'q?.zip',
    '*.zip',
    '!#.zip',
  ];
  const paths = names.flatMap((name) => [name, `m/${name}`]);

  it.each(paths)('%s', (path) => {
    const pattern = ignorePattern(path);
    const others = [...paths, 'a1.zip', 'wx.zip', 'qq.zip', 'z.zip'].filter(
      (one) => !one.endsWith(path),
    );
    expect(kept([`!${pattern}`], [path, ...others])).toEqual([path]);
    const listed = ignoreRules([], { ignoreLines: [], files: [pattern] }, []);
    expect([path, ...others].filter((one) => listed.verdict(one).packed)).toEqual([path]);
    expect(listed.named(path)).toMatchObject({ rule: pattern });
  });

  it('as git reads it, a second exclamation mark belongs to the name', () => {
    expect(kept(['!!z.zip', '!#q.zip'], ['!z.zip', '#q.zip', 'z.zip'])).toEqual([
      '!z.zip',
      '#q.zip',
    ]);
  });
});

describe('the classes together', () => {
  const none = { ignoreLines: [], files: null };

  it('names the line that decides', () => {
    const rules = ignoreRules([], { ignoreLines: ['# first', '', '*.log', 'a'], files: null }, []);
    expect(rules.verdict('x.log')).toEqual({
      packed: false,
      list: '.kpluginignore',
      line: 3,
      rule: '*.log',
    });
  });

  it('lets .kpluginignore take back what a default leaves out', () => {
    const rules = ignoreRules(['venv/'], { ignoreLines: ['!venv/'], files: null }, []);
    expect(rules.verdict('venv/bin/python').packed).toBe(true);
    expect(ignoreRules(['venv/'], none, []).verdict('venv/bin/python')).toMatchObject({
      packed: false,
      list: 'defaults',
      rule: 'venv/',
    });
  });

  it('drops a default that would leave out the executable', () => {
    const rules = ignoreRules(['venv/', '*.go'], none, ['venv/bin/run']);
    expect(rules.verdict('venv/lib/x.py').packed).toBe(true);
    expect(rules.verdict('main.go').packed).toBe(false);
  });

  it.each<[string, string[], Record<string, boolean>]>([
    ['a folder', ['lib/'], { 'lib/a.py': true, 'lib/b/c.py': true, 'other.py': false }],
    ['patterns', ['*.py', '!secret.py'], { 'a.py': true, 'secret.py': false, 'a/b.py': true }],
    ['an empty list', [], { 'a.py': false }],
  ])('an allow-list takes in %s and nothing else', (_name, files, paths) => {
    const rules = ignoreRules([], { ignoreLines: [], files }, []);
    for (const [path, packed] of Object.entries(paths)) {
      expect([path, rules.verdict(path).packed]).toEqual([path, packed]);
    }
    expect(rules.verdict('some/folder/').packed).toBe(true);
  });

  it('leaves ignored files out of an allowed folder', () => {
    const rules = ignoreRules(['__pycache__/'], { ignoreLines: ['*.md'], files: ['lib/'] }, []);
    expect(rules.verdict('lib/__pycache__/')).toMatchObject({ packed: false, list: 'defaults' });
    expect(rules.verdict('lib/a.md')).toMatchObject({ packed: false, list: '.kpluginignore' });
  });
});
