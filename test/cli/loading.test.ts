import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCommands } from '../../src/commands/table.ts';
import { kplugin, ROOT } from '../bin/run.ts';
import { twentySymbols } from '../fixtures/twenty-symbols.ts';

const COMMANDS = await allCommands();

const HEAVY = ['archiver', 'ajv', 'undici', 'inquirer', '@inquirer', 'yauzl', 'chalk'];

/** The npm packages whose code the real bin loads for these arguments, as V8's own coverage lists it. */
async function packagesLoadedBy(argv: readonly string[]): Promise<Set<string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-loading-'));
  try {
    await kplugin(argv, { env: { NODE_V8_COVERAGE: folder } });
    const chunks = new Set<string>();
    for (const file of await readdir(folder)) {
      const text = await readFile(path.join(folder, file), 'utf8');
      for (const [, chunk] of text.matchAll(/\/(dist\/(?:parts\/)?[^"/]+\.cjs)"/g))
        if (chunk) chunks.add(chunk);
    }
    return packagesIn(chunks);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Meta {
  readonly outputs: Readonly<Record<string, { readonly inputs: Record<string, unknown> }>>;
}

async function readMeta(): Promise<Meta> {
  return JSON.parse(await readFile(path.join(ROOT, 'dist/meta.json'), 'utf8'));
}

async function packagesIn(chunks: ReadonlySet<string>): Promise<Set<string>> {
  const meta = await readMeta();
  const inputs = [...chunks].flatMap((chunk) => Object.keys(meta.outputs[chunk]?.inputs ?? {}));
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

describe('what a command loads', () => {
  const helps: [string, string[]][] = [
    ['--help', ['--help']],
    ...COMMANDS.map(({ name }): [string, string[]] => [
      `${name} --help`,
      [...name.split(' '), '--help'],
    ]),
  ];

  it.each(helps)('kplugin %s loads nothing heavy', async (_name, argv) => {
    const packages = await packagesLoadedBy(argv);
    expect([...packages].filter((name) => HEAVY.some((heavy) => name.startsWith(heavy)))).toEqual(
      [],
    );
  });

  it('a wrong flag loads the parser of arguments and what measures columns', async () => {
    expect(await packagesLoadedBy(['pack', '--no-such-flag'])).toEqual(
      new Set(['commander', 'fast-string-width', 'fast-string-truncated-width']),
    );
  });

  it('validate of a plain project does not load the reader of zips', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-loading-'));
    try {
      for (const [file, text] of Object.entries(twentySymbols())) {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
      }
      expect(await packagesLoadedBy(['validate', folder])).toEqual(
        new Set(['commander', 'ignore', 'fast-string-width', 'fast-string-truncated-width']),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('ajv is nowhere in what is published: its validators are', async () => {
    const { outputs } = await readMeta();
    const all = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(all.filter((input) => input.includes('node_modules/ajv'))).toEqual([]);
    expect(all).toContain('src/lint/schema/validators.generated.js');
  });

  it('would notice: a command that reads a zip loads yauzl', async () => {
    expect(await packagesLoadedBy(['inspect', 'package.json'])).toContain('yauzl');
  });
});
