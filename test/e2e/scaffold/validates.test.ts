import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { goCommand } from '../../toolchain/go.ts';
import { useGoSdk } from '../../toolchain/go-sdk.ts';
import { describeWith } from '../../toolchain/require.ts';
import { initProject, MIXES } from './mixes.ts';

let base: string;

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-validates-'));
});

afterAll(() => rm(base, { recursive: true, force: true }));

async function rulesFound(plugin: string): Promise<readonly string[]> {
  const run = await kplugin(['validate', plugin, '--strict', '--json']);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const findings: readonly { rule: string; severity: string }[] = JSON.parse(run.stdout).data
    .findings;
  return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

async function packedEntries(folder: string, zip: string): Promise<readonly string[]> {
  const run = await kplugin(['pack', folder, '-o', zip, '--json']);
  expect(run.code, run.stdout).toBe(0);
  const inspected = await kplugin(['inspect', zip, '--json']);
  expect(inspected.code, inspected.stdout).toBe(0);
  const { entries }: { entries: readonly { path: string }[] } = JSON.parse(inspected.stdout).data;
  return entries.map((entry) => entry.path);
}

const named = (language: string, title: string): string =>
  `${language}-${title.replaceAll(' + ', '-')}`;

describe('a Python project from init', () => {
  test.each(MIXES)('validates without a finding and packs: $title', async ({ title, flags }) => {
    const name = named('py', title);
    const folder = await initProject(base, name, ['--language', 'python', ...flags]);
    expect(await rulesFound(folder)).toEqual([]);
    const zip = path.join(base, `${name}.zip`);
    const entries = await packedEntries(folder, zip);
    expect(entries).toEqual(
      expect.arrayContaining([`${name}.json`, 'main.py', 'requirements.txt']),
    );
    expect(entries.filter((entry) => /^(tests|README|\.)/.test(entry))).toEqual([]);
    expect(await rulesFound(zip)).toEqual([]);
  });
});

describe('a TypeScript project from init', () => {
  test.each(MIXES)('validates without a finding: $title', async ({ title, flags }) => {
    const name = named('ts', title);
    const folder = await initProject(base, name, ['--language', 'typescript', ...flags]);
    expect(await rulesFound(folder)).toEqual([]);
    const packed = await kplugin(['pack', folder, '-o', path.join(base, `${name}.zip`)]);
    expect(packed).toMatchObject({ code: 2, stdout: '' });
    expect(packed.stderr).toMatch(/not installed: .*kplugin[\s\S]*npm install/);
    const unbuilt = await kplugin(['pack', folder, '--no-build', '-o', `${folder}.zip`]);
    expect(unbuilt).toMatchObject({ code: 1, stdout: '' });
    expect(unbuilt.stderr).toMatch(/is not built yet[\s\S]*npm run build/);
  });
});

await describeWith('a Go project from init', goCommand, () => {
  test.each(MIXES)('validates, and packs: $title', async ({ title, flags }) => {
    const name = named('go', title);
    const folder = await initProject(base, name, ['--language', 'go', ...flags]);
    expect(await rulesFound(folder)).toEqual([]);
    await useGoSdk(folder);
    const zip = path.join(base, `${name}.zip`);
    const entries = await packedEntries(folder, zip);
    expect(entries).toEqual(expect.arrayContaining([`${name}.json`, name]));
    expect(entries.filter((entry) => /\.(go|mod|sum|md)$|^\./.test(entry))).toEqual([]);
    expect(await rulesFound(zip)).toEqual([]);
  });

  test('says of two functions that an update loses one', async () => {
    const flags = ['--language', 'go', '--function', 'one', '--function', 'two'];
    const folder = await initProject(base, named('go', 'two functions'), flags);
    expect(await rulesFound(folder)).toEqual(['info functions-lost-on-update']);
  });
});
