import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../../src/cli/context.ts';
import {
  readAttachedPlugin,
  startInstructions,
} from '../../../../src/commands/serve/attached-plugin.ts';
import { OwnPaths } from '../../../../src/commands/serve/log-text.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kplugin-hand-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const log = { info: () => undefined, show: async () => undefined };
// Only these are looked at.
const context = () =>
  ({ cwd: folder, env: { NO_COLOR: '1' }, log, globals: { color: false } }) as unknown as Context;

async function project(manifest: object, files: Record<string, string> = {}): Promise<void> {
  const text = JSON.stringify({ version: '1.0.0', functions: ['f'], ...manifest });
  await writeFile(path.join(folder, 'demo.json'), text);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
}

const ARGUMENT = '{"sendTimeout":1000}';

describe('what to type', () => {
  test.each([
    [
      'Python',
      { language: 'python', executable: 'main.py' },
      { 'main.py': '' },
      [`/py -u main.py '${ARGUMENT}'`],
      `/py -m pdb main.py '${ARGUMENT}'`,
    ],
    [
      'Python in conda',
      { language: 'python', executable: 'main.py', virtualEnvType: 'conda', env: 'ml' },
      { 'main.py': '' },
      [`conda run -n ml py main.py '${ARGUMENT}'`],
      `conda run -n ml py -m pdb main.py '${ARGUMENT}'`,
    ],
    [
      'Go',
      { language: 'go', executable: 'demo' },
      { 'go.mod': 'module demo' },
      ['go build -o demo .', `./demo '${ARGUMENT}'`],
      `dlv debug . -- '${ARGUMENT}'`,
    ],
    [
      'Node',
      { language: 'go', executable: 'demo.js' },
      { 'demo.js': '#!/usr/bin/env node\n' },
      [`./demo.js '${ARGUMENT}'`],
      `node --inspect-brk ./demo.js '${ARGUMENT}'`,
    ],
    [
      'anything else',
      { language: 'go', executable: 'run' },
      { run: '#!/bin/sh\n' },
      [`./run '${ARGUMENT}'`],
      null,
    ],
  ])('%s', async (_title, manifest, files, commands, debug) => {
    await project(manifest, files as Record<string, string>);
    const hand = await readAttachedPlugin('.', { target: '2.4', python: '/py' }, context());
    const program = path.join(folder, manifest.executable);
    expect(startInstructions(hand)).toEqual([
      'start demo in another terminal:',
      `  cd ${folder}`,
      ...commands.map((line) => `  ${line}`),
      'or under a debugger:',
      ...(debug === null ? [] : [`  ${debug}`]),
      `  (program ${program}, argument ${ARGUMENT}, working directory ${folder})`,
    ]);
    expect(hand.plugin).toMatchObject({ name: 'demo', executable: program, functions: ['f'] });
  });

  test.each([
    ['nowhere', 'and nowhere is none'],
    ['demo.json', 'and demo.json is none'],
  ])('%s is no project', async (label, words) => {
    await project({ language: 'go', executable: 'x' });
    const reading = readAttachedPlugin(label, { target: '2.4', python: 'p' }, context());
    await expect(reading).rejects.toThrow(words);
  });

  test('no manifest, and one that eKuiper refuses', async () => {
    const read = () => readAttachedPlugin('.', { target: '2.4', python: 'p' }, context());
    await expect(read()).rejects.toThrow('has no manifest');
    await project({ language: 'rust', executable: 'x' });
    await expect(read()).rejects.toThrow('is one that eKuiper refuses');
  });
});

test("paths of the home become the project's own", () => {
  const paths = new OwnPaths();
  paths.add('/tmp/home/plugins/portable/demo', 'my/demo');
  paths.add('/tmp/home/plugins/portable/here', '.');
  expect(paths.show('File "/tmp/home/plugins/portable/demo/a.py", line 1')).toBe(
    'File "my/demo/a.py", line 1',
  );
  expect(paths.show('/tmp/home/plugins/portable/here/$&.py')).toBe('./$&.py');
  expect(paths.show('/tmp/home/plugins/portable/demolition/a.py')).toContain('demolition/a.py');
});
