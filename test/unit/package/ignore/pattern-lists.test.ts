import { describe, expect, it } from 'vitest';
import { projectLists } from '../../../../src/package/ignore/pattern-lists.ts';

describe('the lists of a project', () => {
  it('reads lines with any line end and without a byte-order mark', () => {
    expect(projectLists('\uFEFF*.log\r\na\nb', null)).toEqual({
      ignoreLines: ['*.log', 'a', 'b'],
      files: null,
    });
  });

  it('reads the allow-list', () => {
    expect(projectLists(null, '{"files": ["lib/", "*.py"]}').files).toEqual(['lib/', '*.py']);
    expect(projectLists(null, '{}').files).toBeNull();
  });

  it.each(['[]', 'null', '{"files": "lib"}', '{"files": [1]}', '{', ''])(
    'refuses %j with what it should be',
    (text) => {
      expect(() => projectLists(null, text)).toThrow(
        expect.objectContaining({ code: 'project-config-invalid', exit: 2 }),
      );
    },
  );
});
