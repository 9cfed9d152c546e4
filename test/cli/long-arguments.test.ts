import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/commands/table.ts';
import { kplugin } from '../bin/run.ts';

const COMMANDS = await allCommands();

const PATH = 'a/'.repeat(60_000);

describe('an argument of 120 kB is answered shortly', () => {
  let cwd = '';
  beforeAll(() => {
    cwd = mkdtempSync(path.join(tmpdir(), 'kplugin-long-'));
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const names = COMMANDS.map(({ name }) => name.split(' '));
  it.each([...names, [], ['validate', '--target'], ['list', '--host'], ['init', '--source']])(
    '%s %s',
    async (...words) => {
      const argv = words.filter((word) => typeof word === 'string');
      const { code, stdout, stderr } = await kplugin([...argv, PATH], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`argument ${argv.length + 1} has 120000 characters`);
      expect(stderr.length).toBeLessThan(300);
    },
  );

  it('also as a variable, and under --json', async () => {
    const env = { KPLUGIN_HOST: PATH };
    const { code, stdout } = await kplugin(['list', '--json'], { cwd, env });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'argument-too-long', message: 'KPLUGIN_HOST has 120000 characters' },
    });
  });

  it('a list of many hosts is a list', async () => {
    const hosts = Array.from({ length: 1000 }, (_, at) => `box-${at}.invalid`).join(',');
    const { code, stderr } = await kplugin(['install', 'nothing.zip', '--host', hosts], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('there is no plugin at nothing.zip');
  });

  it('what a path can be is still a path', async () => {
    const { code, stderr } = await kplugin(['validate', 'a/'.repeat(2000)], { cwd });
    expect(code).toBe(2);
    expect(stderr).not.toContain('characters');
  });
});
