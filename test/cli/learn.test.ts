import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { RULES } from '../../src/lint/rules/index.ts';
import { kplugin, ROOT } from '../bin/run.ts';
import { temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();
const FILES = readdirSync(path.join(ROOT, 'schemas'))
  .filter((file) => file.endsWith('.json'))
  .sort();

describe('schema', () => {
  it.each(FILES)('prints %s as it is', async (file) => {
    const { code, stdout } = await kplugin(['schema', file.replace('.schema.json', '')]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(path.join(ROOT, 'schemas', file), 'utf8'));
  });

  it('lists the kinds', async () => {
    const { stdout } = await kplugin(['schema', '--json']);
    const kinds = JSON.parse(stdout).data.schemas.map(
      (row: { kind: string }) => `${row.kind}.schema.json`,
    );
    expect(kinds.sort()).toEqual(FILES);
  });

  it('writes all of them, or one', async () => {
    const cwd = folder({ 'x.txt': '' });
    expect((await kplugin(['schema', '--out', 'a/b'], { cwd })).code).toBe(0);
    expect(readdirSync(path.join(cwd, 'a/b')).sort()).toEqual(FILES);
    await kplugin(['schema', 'sink', '--out', 'one'], { cwd });
    expect(readdirSync(path.join(cwd, 'one'))).toEqual(['sink.schema.json']);
  });

  it('says when it cannot write', async () => {
    const cwd = folder({ taken: '' });
    const { code, stderr } = await kplugin(['schema', '--out', 'taken'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('taken cannot be written');
  });

  test.each([
    ['sorce', 'kplugin schema source'],
    ['plugin', 'kplugin schema manifest'],
    ['yaml', 'kplugin schema source-config'],
    ['zzz', 'kinds are manifest, source'],
  ])('%s: %s', async (kind, hint) => {
    const { code, stderr } = await kplugin(['schema', kind]);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });
});

describe('explain', () => {
  it('explains a message of eKuiper by the code of its error', async () => {
    const { code, stdout } = await kplugin(['explain', 'host-refused-no-handshake']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/explain-no-handshake.txt');
  });

  it('explains the code of an error, and leads to the message of eKuiper with the same id', async () => {
    const { code, stdout, stderr } = await kplugin(['explain', 'token-expired']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/explain-token-expired.txt');
    expect(stderr).toContain('kplugin explain host-refused-token-expired');
    const { stdout: json } = await kplugin(['explain', 'no-handshake', '--json']);
    expect(JSON.parse(json).data).toMatchObject({ message: 'host-refused-no-handshake' });
  });

  it.each([
    [['frobnicate'], 'usage-unknown-command'],
    [['pack', '--bogus'], 'usage-unknown-option'],
    [['host', 'add', 'edge1'], 'usage-missing-argument'],
    [['validate', 'a', 'b'], 'usage-excess-arguments'],
    [['pack', '--arch'], 'usage-option-missing-argument'],
    [['validate', '--format', 'xml'], 'usage-invalid-argument'],
    [['validate', '--target', '9.9'], 'target-unknown'],
    [['pack', 'nothing-here'], 'plugin-not-found'],
    [['list', '--host', 'a b'], 'bad-host-address'],
    [['list', '--host', 'http://127.0.0.1:1', '--retries', '0'], 'host-unreachable'],
    [['explain', 'zzzzzz'], 'rule-unknown'],
  ])('%j fails with a code, which --verbose says how to explain', async (argv, code) => {
    const cwd = folder({ 'x.txt': '' });
    const { stdout } = await kplugin([...argv, '--json'], { cwd });
    expect(JSON.parse(stdout).error.code).toBe(code);
    const { stderr } = await kplugin([...argv, '--verbose'], { cwd });
    expect(stderr).toContain(`more kplugin explain ${code}\n`);
    expect((await kplugin(argv, { cwd })).stderr).not.toContain(`kplugin explain ${code}`);
    const explained = await kplugin(['explain', code]);
    expect({ code: explained.code, first: explained.stdout.split('\n', 1)[0] }).toEqual({
      code: 0,
      first: code,
    });
  });

  it.each(['case-wrong-type', 'host-clock', 'host-defect-double-dots'])(
    'explains %s, which stands where rules have their id, or in what doctor prints',
    async (id) => {
      const { code, stdout } = await kplugin(['explain', id, '--json']);
      expect({ code, data: JSON.parse(stdout).data }).toMatchObject({
        code: 0,
        data: { code: id },
      });
    },
  );

  it.each([
    ['control handshake error: receive time out', 'no-handshake'],
    ['… stops with error fork/exec /p/x/main.py: permission denied', 'not-executable'],
    ['ZIP: not a valid', 'not-a-zip'],
  ])('explains what was pasted of a message: %s', async (words, id) => {
    const { code, stdout } = await kplugin(['explain', words]);
    expect({ code, first: stdout.split('\n', 1)[0] }).toEqual({
      code: 0,
      first: `host-refused-${id}`,
    });
  });

  it.each(['not a message', 'x'])('knows no %s', async (words) => {
    const { code, stderr } = await kplugin(['explain', words]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });

  it('explains a rule', async () => {
    const { code, stdout } = await kplugin(['explain', 'yaml-key-case']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/explain-yaml-key-case.txt');
  });

  it('links the issues', async () => {
    const { stdout } = await kplugin(['explain', 'symbol-file-missing']);
    expect(stdout).toContain('https://github.com/lf-edge/ekuiper/issues/3527');
  });

  it('lists every rule', async () => {
    const { stdout } = await kplugin(['explain', '--json']);
    const ids = JSON.parse(stdout).data.rules.map((row: { rule: string }) => row.rule);
    expect(ids).toEqual(RULES.map(({ id }) => id));
    const { stdout: text } = await kplugin(['explain']);
    for (const { id } of RULES) expect(text).toContain(`  ${id} `);
  });

  it('gives the same as data', async () => {
    const { stdout } = await kplugin(['explain', 'json-comment', '--json']);
    expect(JSON.parse(stdout).data).toMatchObject({
      rule: 'json-comment',
      group: 'json',
      severity: 'error',
      bad: '{ "version": "1.0.0" } // first release',
    });
  });

  test.each([
    ['yaml-key-cas', 'kplugin explain yaml-key-case'],
    ['YAML-KEY-CASE', ''],
    ['comment', 'kplugin explain json-comment'],
    ['missing-hots', 'kplugin explain missing-host'],
    ['case-wrong-typ', 'kplugin explain case-wrong-type'],
    ['zzzzzz', 'kplugin explain\n       (lists all rules)'],
  ])('%s: %s', async (rule, hint) => {
    const { code, stderr } = await kplugin(['explain', rule]);
    expect(code).toBe(hint === '' ? 0 : 2);
    expect(stderr).toContain(hint);
  });
});
