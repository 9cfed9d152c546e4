import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../bin/run.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));

export type Language = 'typescript' | 'python';

/** How a version behaves once it is started. */
export type Manner = 'lives' | 'dies' | 'hangs';

export interface PluginSpec {
  readonly name: string;
  readonly version: string;
  readonly language: Language;
  readonly manner: Manner;
  /** Default `<name>_version`. */
  readonly functionName?: string;
}

export interface Symbols {
  readonly source: string;
  readonly sink: string;
  readonly function: string;
}

export function symbolsOf({ name, functionName }: PluginSpec): Symbols {
  return {
    source: `${name}_ticks`,
    sink: `${name}_taken`,
    function: functionName ?? `${name}_version`,
  };
}

/** Writes a project with a source, a sink and a function, ready for `kplugin pack`. */
export async function writeProject(folder: string, spec: PluginSpec): Promise<void> {
  const symbols = symbolsOf(spec);
  for (const sub of ['sources', 'sinks', 'functions'])
    await mkdir(path.join(folder, sub), { recursive: true });
  const executable = await EXECUTABLES[spec.language](folder, spec);
  const { version, name } = spec;
  await writeJson(path.join(folder, `${name}.json`), {
    version,
    language: spec.language === 'python' ? 'python' : 'go',
    executable,
    sources: [symbols.source],
    sinks: [symbols.sink],
    functions: [symbols.function],
  });
  await writeFile(path.join(folder, 'sources', `${symbols.source}.yaml`), 'default: {}\n');
  await writeJson(path.join(folder, 'sources', `${symbols.source}.json`), SOURCE);
  await writeJson(path.join(folder, 'sinks', `${symbols.sink}.json`), {
    about: ABOUT,
    properties: [],
  });
  const described = { name: symbols.function, example: `${symbols.function}(n)`, hint: TEXT };
  await writeJson(path.join(folder, 'functions', `${symbols.function}.json`), {
    about: ABOUT,
    functions: [{ ...described, args: [] }],
  });
}

const EXECUTABLES: Record<Language, (folder: string, spec: PluginSpec) => Promise<string>> = {
  async typescript(folder, spec) {
    const outfile = path.join(folder, spec.name);
    const { name, version, manner } = spec;
    const identity = { name, version, manner, functionName: symbolsOf(spec).function };
    await build({
      entryPoints: [path.join(HERE, 'program.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      define: { IDENTITY: JSON.stringify(identity) },
      banner: { js: '#!/usr/bin/env node' },
      logLevel: 'error',
    });
    await chmod(outfile, 0o755);
    return spec.name;
  },
  async python(folder, spec) {
    const text = await readFile(path.join(HERE, 'program.py'), 'utf8');
    const words = { ...spec, function: symbolsOf(spec).function };
    const filled = Object.entries(words).reduce(
      (all, [word, value]) => all.replaceAll(`{{ ${word} }}`, value),
      text,
    );
    await writeFile(path.join(folder, 'main.py'), filled);
    const workaround = 'ekuiper_update_workaround.py';
    await copyFile(path.join(ROOT, 'templates/python', workaround), path.join(folder, workaround));
    return 'main.py';
  },
};

const TEXT = { en_US: 'Conformance', zh_CN: 'Conformance' };
const ABOUT = {
  trial: false,
  author: { name: 'kplugin', email: '', company: '', website: 'https://example.com' },
  helpUrl: { en_US: 'https://example.com', zh_CN: 'https://example.com' },
  description: TEXT,
};
const SOURCE = {
  about: ABOUT,
  properties: { default: [] },
  node: { category: 'source', icon: 'iconPath', label: TEXT },
};

function writeJson(file: string, value: unknown): Promise<void> {
  return writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
