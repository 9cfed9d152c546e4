import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../fixtures/tree.ts';
import { systemPython } from '../../toolchain/python.ts';
import { describeWith, ToolchainMissing } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';

const folder = temporaryFolders();
const FILES = {
  ...GOOD_PROJECT,
  'install.sh': 'echo\n',
  empty: '',
  'models/v1/模型.bin': Buffer.alloc(1_500_000, 'x'),
};

let out: string;
beforeAll(async () => {
  out = folder();
  const { code, stderr } = await kplugin(['pack', folder(FILES), '-o', join(out, 'x.zip')]);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
});

async function unzip(): Promise<string> {
  await run('unzip', ['-v']).catch(() => {
    throw new ToolchainMissing('unzip');
  });
  return 'unzip';
}

const PYTHON_LIST = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.create_system, i.date_time] for i in z.infolist()]))
`;

await describeWith('Python reads what kplugin packs', systemPython, (python) => {
  it('entry by entry, with types, modes and the date', async () => {
    const listed = JSON.parse(await run(python, ['-c', PYTHON_LIST, join(out, 'x.zip')]));
    const date = [1980, 1, 1, 0, 0, 0];
    expect(listed).toEqual([
      ['empty', '0o100644', 3, date],
      ['install.sh', '0o100755', 3, date],
      ['main.py', '0o100755', 3, date],
      ['models/', '0o40755', 3, date],
      ['models/v1/', '0o40755', 3, date],
      ['models/v1/模型.bin', '0o100644', 3, date],
      ['probe.json', '0o100644', 3, date],
      ['sinks/', '0o40755', 3, date],
      ['sinks/probe_sink.json', '0o100644', 3, date],
    ]);
  });
});

await describeWith('Info-ZIP reads what kplugin packs', unzip, (program) => {
  it('finds no fault and unpacks every file', async () => {
    expect(await run(program, ['-t', join(out, 'x.zip')])).toContain('No errors detected');
    const place = join(out, 'unpacked');
    mkdirSync(place);
    await run(program, ['-q', join(out, 'x.zip'), '-d', place], { env: { LC_ALL: 'C.UTF-8' } });
    for (const [path, content] of Object.entries(FILES)) {
      expect(readFileSync(join(place, path)).equals(Buffer.from(content as Uint8Array))).toBe(true);
    }
  });
});
