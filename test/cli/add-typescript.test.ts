import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'kplugin-add-ts-'));
  const flags = ['--language', 'typescript', '--source', 'pulse', '--sdk', '^0.1.0'];
  const run = await kplugin(['init', '.', '--name', 'meter', ...flags, '-q'], { cwd });
  expect(run).toMatchObject({ code: 0, stderr: '' });
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

const read = (file: string): Promise<string> => readFile(path.join(cwd, file), 'utf8');

describe('add in a TypeScript project', () => {
  test('brings everything that a function needs', async () => {
    const run = await kplugin(['add', 'function', 'to_kwh'], { cwd });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/add-typescript.txt');
    await expect(await read('src/plugin.ts')).toMatchFileSnapshot('golden/add-plugin.ts.txt');
    expect(await read('meter.json')).toContain('"functions": ["to_kwh"]');
    const report = await kplugin(['validate', '--strict', '--json'], { cwd });
    expect(JSON.parse(report.stdout).data.findings).toEqual([]);
  });

  test('says which lines to add where it does not know the program', async () => {
    const own = "import { make } from './make.ts';\n\nexport const plugin = make();\n";
    await writeFile(path.join(cwd, 'src/plugin.ts'), own);
    const json = await kplugin(['add', 'sink', 'ledger', '--json'], { cwd });
    expect(JSON.parse(json.stdout).data.manual).toEqual([
      {
        file: 'src/plugin.ts',
        where: 'beside the imports',
        line: "import { LedgerSink } from './ledger-sink.ts';",
      },
      {
        file: 'src/plugin.ts',
        where: 'among the sinks of the PluginDefinition',
        line: 'ledger: LedgerSink,',
      },
    ]);
    expect(await read('src/plugin.ts')).toBe(own);
    expect(await read('src/ledger-sink.ts')).toContain('class LedgerSink');
  });

  test('finds the definition in the main program itself', async () => {
    const main =
      "import { startPlugin } from 'kplugin/sdk';\n\nstartPlugin({\n  name: 'meter',\n});\n";
    await writeFile(path.join(cwd, 'src/main.ts'), main);
    await rm(path.join(cwd, 'src/plugin.ts'));
    expect(await kplugin(['add', 'sink', 'ledger', '-q'], { cwd })).toMatchObject({ code: 0 });
    expect(await read('src/main.ts')).toBe(
      "import { startPlugin } from 'kplugin/sdk';\nimport { LedgerSink } from './ledger-sink.ts';\n\n" +
        "startPlugin({\n  name: 'meter',\n  sinks: {\n    ledger: LedgerSink,\n  },\n});\n",
    );
  });
});
