import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  fileAt,
  outputPlace,
  refuseProjectFile,
  shownPath,
} from '../../../../src/commands/pack/output-place.ts';
import { temporaryFolders } from '../../../fixtures/tree.ts';

const folder = temporaryFolders();

describe('where a package goes', () => {
  it('is here, in a directory, to a file or to stdout', () => {
    const cwd = folder({ 'dist/x': '' });
    const named = (output: string | undefined) => {
      const place = outputPlace(output, cwd);
      return place.to === 'stdout' ? '-' : fileAt(place, 'p.zip');
    };
    expect(named(undefined)).toBe(join(cwd, 'p.zip'));
    expect(named('dist')).toBe(join(cwd, 'dist/p.zip'));
    expect(named('dist/')).toBe(join(cwd, 'dist/p.zip'));
    expect(named('other.zip')).toBe(join(cwd, 'other.zip'));
    expect(named('-')).toBe('-');
    expect(named('made/')).toBe(join(cwd, 'made/p.zip'));
  });

  it('is shown as people would type it', () => {
    expect(shownPath('/a/b/c.zip', '/a')).toBe(join('b', 'c.zip'));
    expect(shownPath('/x/c.zip', '/a')).toBe('/x/c.zip');
    expect(shownPath('/a', '/a')).toBe('.');
  });
});

describe('-o and the files of the project', () => {
  const cwd = folder({
    'p/main.py': 'x',
    'p/data/a.json': '{}',
    'p/empty.zip': '',
    'p/old': Buffer.from('PK\x03\x04 an older package'),
    'beside.txt': 'x',
  });
  const refuse = (output: string): void =>
    refuseProjectFile(outputPlace(output, cwd), join(cwd, 'p'), cwd);

  it.each(['p/main.py', 'p/data/a.json', './p/../p/main.py'])('%s is refused', (output) => {
    expect(() => refuse(output)).toThrow(
      expect.objectContaining({
        exit: 2,
        message: `-o names a file of the project: ${output.includes('data') ? output : 'p/main.py'}`,
      }),
    );
  });

  it.each(['p/empty.zip', 'p/old', 'beside.txt', 'p/new.zip', 'p', '-'])('%s is not', (output) => {
    expect(() => refuse(output)).not.toThrow();
  });
});
