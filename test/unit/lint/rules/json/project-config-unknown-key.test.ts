import { expect, test } from 'vitest';
import { projectConfigUnknownKey } from '../../../../../src/lint/rules/json/project-config-unknown-key.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

test.each<[string, string[]]>([
  ['{"files": ["*.py"]}', []],
  ['{"file": ["*.py"]}', ['Rename it to "files"']],
  ['{"Files": ["*.py"]}', ['Rename it to "files"']],
  ['{"files": ["*.py"], "fiels": []}', ['Remove it; known: "files", "build"']],
  ['{"ignore": ["*.log"]}', ['Remove it; known: "files", "build"']],
  ['{"__proto__": 1, "constructor": 2}', Array(2).fill('Remove it; known: "files", "build"')],
  ['{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', Array(4).fill('Remove it; known: "files", "build"')],
  ['[]', []],
  ['no JSON', []],
])('%s', async (text, hints) => {
  const project = { '.kplugin.json': text };
  const found = await findingsOf(projectConfigUnknownKey, { files: GOOD_FILES, project });
  expect(found.map(({ hint }) => hint)).toEqual(hints);
  for (const { file, severity } of found) {
    expect({ file, severity }).toEqual({ file: '.kplugin.json', severity: 'warning' });
  }
});
