import { expect, test } from 'vitest';
import { githubFindings } from '../../../../src/cli/output/findings-text.ts';
import { escapeOutput } from '../../../../src/cli/output/terminal-codes.ts';
import type { Finding } from '../../../../src/model/finding.ts';

const FINDING: Finding = {
  rule: 'yaml-key-case',
  severity: 'warning',
  file: 'sources/x.yaml',
  line: 2,
  column: 3,
  length: 5,
  message: '"hatId" reaches the plugin as "hatid"',
  effect: 'eKuiper lower-cases it',
  hint: 'List it',
};

test.each<[string, Partial<Finding>, string]>([
  [
    'a place',
    {},
    '::warning file=p/sources/x.yaml,line=2,col=3,endColumn=8,title=yaml-key-case::"hatId" reaches the plugin as "hatid"%0AeKuiper lower-cases it%0AFix: List it\n',
  ],
  [
    'none',
    { line: null, column: null, severity: 'info' },
    '::notice file=p/sources/x.yaml,title=yaml-key-case::"hatId" reaches the plugin as "hatid"%0AeKuiper lower-cases it%0AFix: List it\n',
  ],
  [
    'what would end the command early',
    {
      line: null,
      severity: 'error',
      file: 'a,b:c%.json',
      message: '100 %\n::error::x',
      effect: 'e',
      hint: 'h',
    },
    '::error file=p/a%2Cb%3Ac%25.json,title=yaml-key-case::100 %25\\x0a::error::x%0Ae%0AFix: h\n',
  ],
])('%s', (_title, change, expected) => {
  const text = githubFindings([{ ...FINDING, ...change }], (file) => `p/${file}`);
  expect(escapeOutput(text, true)).toBe(expected);
});
