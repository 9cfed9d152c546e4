import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { shellByteOrderMark } from '../../../../../src/lint/rules/executable/shell-byte-order-mark.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const MARK = '\ufeff';

const found = (files: Record<string, string>) =>
  findingsOf(shellByteOrderMark, { files: withFiles(files) });

/** A script without its mark, and the status that it ends with for certain when it has one; null where others decide. */
const SCRIPTS: readonly (readonly [string, number | null])[] = [
  ['#!/bin/sh\necho a\n', null],
  ['#!/bin/sh\nset -e\npip install x\n', null],
  ['# about\necho a\n', null],
  ["# it's about\necho a\n", null],
  ['\necho a\n', null],
  ['set -e\necho a\n', null],
  ['echo a; echo b\n', null],
  ['echo a || true\n', null],
  ['true &\n', null],
  ['{\nexit 0\n}\n', null],
  ['#!/bin/sh\n', 127],
  ['# about\n', 127],
  ['', 127],
  ['echo a\n', 127],
  ['echo a \\\n  b', 127],
  ['cur=$(dirname "$0")\n', 127],
  ['if true; then\necho a\nfi\n', 2],
  ['if true\nthen\necho a\nfi\nexit 0\n', 2],
  ['for x in a; do echo $x; done\n', 2],
  ['case x in x) echo a;; esac\n', 2],
  ['while false; do :; done\n', 2],
  ['(echo a)\n', 2],
];

describe.each(SCRIPTS)('%j', (text, status) => {
  test('as install.sh', async () => {
    const [finding] = await found({ 'install.sh': MARK + text });
    expect(finding?.severity).toBe(status === null ? 'warning' : 'error');
    expect(finding?.message).toBe('The script begins with a byte-order mark');
    if (status !== null) {
      expect(finding?.effect).toContain(
        `eKuiper refuses the install: "fail to install plugin: err:exit status ${status} …"; the shell `,
      );
    }
  });

  test('as another script', async () => {
    const [finding] = await found({ 'tools/a.sh': MARK + text });
    expect(finding?.severity).toBe('warning');
    expect(finding?.effect).not.toContain('eKuiper');
  });
});

test.each(SCRIPTS.filter(([, status]) => status !== null))(
  'the shell of this machine ends %j with %i',
  (text, status) => {
    expect(spawnSync('/bin/sh', ['-s'], { input: MARK + text }).status).toBe(status);
  },
);

test.each([
  ['install.sh without a mark', { 'install.sh': '#!/bin/sh\necho\n' }, []],
  ['a script by its #! line', { setup: '#!/bin/sh\n' }, []],
  ['the same behind a mark', { setup: `${MARK}#!/usr/bin/env bash\n` }, ['setup']],
  ['Python', { 'lib/a.py': `${MARK}#!/usr/bin/env python3\n` }, []],
  ['Python without an extension', { tool: `${MARK}#!/usr/bin/env python3\n` }, []],
  ['what was vendored', { 'node_modules/a/b.sh': `${MARK}echo\n` }, []],
])('%s', async (_title, files, expected) => {
  expect((await found(files)).map(({ file }) => file)).toEqual(expected);
});

test('the program itself is for program-not-runnable', async () => {
  const manifest = JSON.stringify({ version: '1.0.0', language: 'go', executable: 'run.sh' });
  expect(await found({ 'probe.json': manifest, 'run.sh': `${MARK}#!/bin/sh\n` })).toEqual([]);
});

test('the command is one that may be copied', async () => {
  const [finding] = await found({ "it's $(id).sh": `${MARK}echo\n` });
  expect(finding?.hint).toMatch(/: sed -i '1s\/\^\\xEF\\xBB\\xBF\/\/' 'it'\\''s \$\(id\)\.sh'$/);
});
