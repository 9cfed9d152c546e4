import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { systemPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';

const TERMINAL = fileURLToPath(new URL('terminal.py', import.meta.url));
const ENTER = '\r';
const DOWN = '\u001b[B';
const CLEAR = '\u0015';
const CTRL_C = '\u0003';

await describeOnUnixWith('init in a terminal', systemPython, (python) => {
  let base: string;

  beforeEach(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-prompts-'));
  });

  afterEach(() => rm(base, { recursive: true, force: true }));

  async function type(argv: readonly string[], steps: readonly (readonly [string, string])[]) {
    const env = Object.fromEntries(
      Object.entries(cleanEnv()).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value]],
      ),
    );
    const command = [process.execPath, BIN, ...argv];
    const out = await run(python, [TERMINAL, JSON.stringify(steps), ...command], {
      cwd: base,
      env,
    });
    const result: { code: number; screen: string } = JSON.parse(out);
    return result;
  }

  test('asks, refuses what cannot be, and writes', async () => {
    const { code, screen } = await type(
      ['init', 'My Meter'],
      [
        ['name (My-Meter)', ENTER],
        ['Written in', `${DOWN}${ENTER}`],
        ['Sources', `mqtt${ENTER}`],
        ['built-in source', `${CLEAR}pulse, other${ENTER}`],
        ['Sinks', ENTER],
        ['Functions', ENTER],
        ['version (0.1.0)', `1.2.3${ENTER}`],
        ['author', `Jane <jane@example.com>${ENTER}`],
        ['What it does', `Reads meters${ENTER}`],
      ],
    );
    expect(screen).toContain('Wrote the Go plugin My-Meter');
    expect(code).toBe(0);
    const read = (file: string): Promise<string> =>
      readFile(path.join(base, 'My Meter', file), 'utf8');
    expect(JSON.parse(await read('My-Meter.json'))).toEqual({
      version: '1.2.3',
      language: 'go',
      executable: 'My-Meter',
      sources: ['pulse', 'other'],
      sinks: [],
      functions: [],
    });
    expect(await read('main.go')).toContain('// Reads meters\n');
    expect(JSON.parse(await read('sources/pulse.json')).about.author.email).toBe(
      'jane@example.com',
    );
  });

  test('writes nothing when Ctrl-C ends it', async () => {
    const { code, screen } = await type(
      ['init', 'meter'],
      [
        ['name (meter)', ENTER],
        ['Written in', CTRL_C],
      ],
    );
    expect(screen).toContain('interrupted');
    expect(code).toBe(130);
    expect(await readdir(base)).toEqual([]);
  });

  test('replaces nothing when the answer is no', async () => {
    const flags = ['--language', 'python', '--sink', 'a', '--name', 'meter'];
    const rest = ['--plugin-version', '1', '--author', '', '--description', ''];
    await run(process.execPath, [BIN, 'init', '.', ...flags, '-q'], { cwd: base });
    const before = await readFile(path.join(base, 'meter.json'), 'utf8');
    const { code, screen } = await type(
      ['init', '.', ...flags, ...rest, '--force'],
      [['Replace', `n${ENTER}`]],
    );
    expect(screen).toContain('meter.json');
    expect(screen).toContain('nothing was written');
    expect(code).toBe(2);
    expect(await readFile(path.join(base, 'meter.json'), 'utf8')).toBe(before);
  });
});
