import { describe, expect, it } from 'vitest';
import { programFileLeftOut } from '../../../../../src/lint/rules/program/program-file-left-out.ts';
import { programFileMissing } from '../../../../../src/lint/rules/program/program-file-missing.ts';
import { findingsOf } from '../../check-rule.ts';
import type { FileSpec } from '../../memory-view.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const PATH = 'models/n.zip';
const PYTHON = `import os
from pathlib import Path
HERE = os.path.dirname(os.path.abspath(__file__))
`;

/** Ways to open `models/n.zip` beside the program. */
const IN_PYTHON = [
  'open("models/n.zip", "rb")',
  'open(HERE + "/models/n.zip")',
  'open(HERE + "/" + "models" + "/n.zip")',
  'open(HERE + os.sep + "x") if 0 else open(HERE + "/models/n.zip")',
  'open(os.path.dirname(__file__) + "/models/n.zip")',
  'open(f"{HERE}/models/n.zip")',
  'open(f"{HERE}/" f"models/n.zip")',
  'open(rf"{HERE}/models/n.zip")',
  'open(f"{os.path.dirname(__file__)}/models/n.zip")',
  'open("%s/models/n.zip" % HERE)',
  'open("%s/%s" % (HERE, "models/n.zip"))',
  'open("{}/models/n.zip".format(HERE))',
  'open("{0}/{1}".format(HERE, "models/n.zip"))',
  'open(os.path.join(HERE, "models", "n.zip"))',
  'open(os.path.join(HERE, "models/n.zip"))',
  'with open(HERE + "/models/n.zip") as f:\n    pass',
  'open(Path(__file__).parent / "models" / "n.zip")',
  '(Path(__file__).resolve().parent / "models/n.zip").read_bytes()',
  'x = (Path(__file__).resolve().parent / "models" / "n.zip").read_text()',
  'Path(__file__).parents[0].joinpath("models", "n.zip").read_text()',
  'Path(HERE, "models", "n.zip").open("rb")',
  'Path(f"{HERE}/models/n.zip").read_bytes()',
  'Path(__file__).with_name("models/n.zip").read_bytes()',
  'MODEL = f"{HERE}/models/n.zip"\nx = open(MODEL)',
  'MODELS = HERE + "/models"\nopen(MODELS + "/n.zip")',
  'MODELS = Path(__file__).parent / "models"\n(MODELS / "n.zip").read_bytes()',
];

const GO = `package main
func main() {
	exe, err := os.Executable()
	here := filepath.Dir(exe)
	_ = err
`;
const IN_GO = [
  'os.Open("models/n.zip")',
  'os.ReadFile(filepath.Join(here, "models", "n.zip"))',
  'os.ReadFile(filepath.Join(filepath.Dir(exe), "models/n.zip"))',
  'os.ReadFile(filepath.Join(filepath.Dir(os.Args[0]), "models/n.zip"))',
  'os.Open(here + "/models/n.zip")',
  'os.Open(path.Join(here, "models/n.zip"))',
  'model := here + "/models/n.zip"\nos.Open(model)',
];
const IN_TYPESCRIPT = [
  'readFileSync("models/n.zip")',
  "readFileSync(path.join(__dirname, 'models', 'n.zip'))",
  'readFileSync(join(import.meta.dirname, "models/n.zip"))',
  'readFileSync(__dirname + "/models/n.zip")',
  'readFileSync(`$' + '{__dirname}/models/n.zip`)',
  "readFileSync(new URL('models/n.zip', import.meta.url))",
  "readFileSync(new URL('./models/n.zip', import.meta.url).pathname)",
  "readFileSync(fileURLToPath(new URL('./models/n.zip', import.meta.url)))",
  'const here = dirname(fileURLToPath(import.meta.url));\nfs.readFileSync(`$' +
    '{here}/models/n.zip`);',
  "const MODEL = path.resolve(__dirname, 'models/n.zip');\nawait fs.promises.readFile(MODEL);",
];

type Files = Record<string, FileSpec>;
const LANGUAGES: readonly (readonly [string, readonly string[], (code: string) => Files])[] = [
  ['Python', IN_PYTHON, (code) => withFiles({ 'main.py': `${PYTHON}${code}\n` })],
  ['Go', IN_GO, (code) => goProgram('ELF', { 'main.go': `${GO}\t${code}\n}\n` })],
  [
    'TypeScript',
    IN_TYPESCRIPT,
    (code) => goProgram('#!/usr/bin/env node', { 'src/plugin.ts': `${code}\n` }),
  ],
  ['JavaScript', IN_TYPESCRIPT, (code) => javascript(code)],
];

function javascript(code: string): Files {
  const { run: _, ...files } = goProgram('', { 'main.js': `#!/usr/bin/env node\n${code}\n` });
  const manifest = JSON.parse(String(files['probe.json']));
  return { ...files, 'probe.json': JSON.stringify({ ...manifest, executable: 'main.js' }) };
}

const LEFT_OUT = { [PATH]: '"*.zip"' };

async function leftOut(files: Files, left: Record<string, string> = LEFT_OUT): Promise<string[]> {
  const found = await findingsOf(programFileLeftOut, {
    files,
    leftOut: left,
    project: { [PATH]: 'x' },
  });
  return found.map(({ message }) => /(\S+?),?(?: which)? is left out/.exec(message)?.[1] ?? '');
}

async function missing(files: Files, left: Record<string, string> = {}): Promise<string[]> {
  const found = await findingsOf(programFileMissing, {
    files,
    leftOut: left,
    project: { [PATH]: 'x' },
  });
  return found.map(({ message }) => message.replace(/^The program opens (\S+),.*/, '$1'));
}

for (const [language, forms, project] of LANGUAGES) {
  describe(`a file that a program in ${language} opens`, () => {
    it.each(forms)(
      'is told where it is left out, missing, and not where it is packed: %s',
      async (code) => {
        const files = project(code);
        const packed = { ...files, [PATH]: 'x' };
        expect(await leftOut(files)).toEqual([PATH]);
        expect(await leftOut(files, { 'models/': '.kpluginignore:1 "models/"' })).toEqual([PATH]);
        expect(await missing(files, LEFT_OUT)).toEqual([]);
        expect(await missing(files)).toEqual([PATH]);
        expect(await missing(packed)).toEqual([]);
        expect(await leftOut(packed, { 'docs/other.zip': '"*.zip"' })).toEqual([]);
      },
    );
  });
}

describe('a left-out file', () => {
  const left = {
    'models/n.zip': '"*.zip"',
    'secrets.json': '"secrets.*"',
    'deep/a/b.bin': '"b.bin"',
  };

  it.each([
    ['open(UNKNOWN + "/secrets.json")', 'secrets.json'],
    ['open(f"{unknown()}/secrets.json")', 'secrets.json'],
    ['open("%(here)s/models/n.zip" % names)', 'models/n.zip'],
    ['open("{here}/secrets.json".format(here=x()))', 'secrets.json'],
    ['try:\n    open("secrets.json")\nexcept OSError:\n    pass', 'secrets.json'],
    ['NAME = "n.zip"', 'models/n.zip'],
    ['load(MODELS, "a/b.bin")', 'deep/a/b.bin'],
    ['open("../secrets.json")', 'secrets.json'],
    ['open("/kuiper/plugins/portable/probe/secrets.json")', 'secrets.json'],
    ['os.path.join(*[HERE, "secrets.json"])', 'secrets.json'],
    ['open("secrets" + ".json")', 'secrets.json'],
  ])('is told wherever its path or name stands: %s', async (code, path) => {
    expect(await leftOut(withFiles({ 'main.py': `${code}\n` }), left)).toEqual([path]);
  });

  it.each([
    ['f"https://{host}/secrets.json"'],
    ['open("/etc/secrets.json")'],
    ['x = "my-secrets.json"'],
    ['# secrets.json'],
    ['x = "models"'],
    ['"""Reads secrets.json\n\nand more"""'],
  ])('is not seen in %s', async (code) => {
    expect(await leftOut(withFiles({ 'main.py': `${code}\n` }), left)).toEqual([]);
  });

  it('is not meant where a packed file has the name that stands there', async () => {
    const files = withFiles({ 'main.py': 'open("b.bin")\n', 'b.bin': 'x' });
    expect(await leftOut(files, left)).toEqual([]);
  });

  it('is no source that is built into the program', async () => {
    const files = goProgram('ELF', {
      'src/plugin.ts': 'import "./rows.ts";\nimport x from "../x.json";\n',
    });
    expect(await leftOut(files, { 'src/rows.ts': '"*.ts"', 'x.json': '"x.json"' })).toEqual([]);
  });

  it('is told of Go files in folders, and of no file that is not text', async () => {
    const go = 'package a\nvar A = "secrets.json"\n';
    const files = goProgram('ELF', { 'internal/a/a.go': go });
    expect(await leftOut(files, left)).toEqual(['secrets.json']);
    const wide = withFiles({ 'main.py': Buffer.from(`\ufeff${go}`, 'utf16le') });
    expect(await leftOut(wide, left)).toEqual([]);
  });
});

describe('a missing file', () => {
  it.each([
    ['open(f"{HERE}/n.bin", "w")'],
    ['open(f"{HERE}/n.bin", "w")\nopen(f"{HERE}/n.bin")'],
    ['open(f"{HERE}/{name}.bin")'],
    ['open("%s/%d.bin" % (HERE, 3))'],
    ['open("{}/{:02}.bin".format(HERE, 3))'],
    ['open("{}/n.bin".format(unknown))'],
    ['if os.path.exists(f"{HERE}/n.bin"):\n    open(f"{HERE}/n.bin")'],
    ['def f(HERE):\n    open(f"{HERE}/n.bin")'],
    ['Path(__file__).with_name("n.bin").write_text("x")'],
    ['open(Path(__file__).parents[3] / "n.bin")'],
  ])('is not told in Python where it is made, asked for or not known: %s', async (code) => {
    expect(await missing(withFiles({ 'main.py': `${PYTHON}${code}\n` }))).toEqual([]);
  });

  it.each([
    ['os.Create(filepath.Join(here, "n.bin"))\nos.Open(filepath.Join(here, "n.bin"))'],
    ['state := here + "/n.bin"\nos.WriteFile(state, nil, 0)\nos.ReadFile(state)'],
    ['os.Open(filepath.Join(dir, "n.bin"))'],
    ['os.Open(filepath.Join(here, "..", "n.bin"))'],
    ['dir, name := "a", "b"\nos.Open(name)'],
  ])('is not told in Go: %s', async (code) => {
    expect(await missing(goProgram('ELF', { 'main.go': `${GO}${code}\n}\n` }))).toEqual([]);
  });

  it.each([
    ['writeFileSync(`$' + '{__dirname}/n.bin`, x); readFileSync(`$' + '{__dirname}/n.bin`);'],
    ['readFileSync(`$' + '{name}/n.bin`);'],
    ['function f(dir = "models") { readFileSync(dir); }'],
    ['let x = "a"; x = "b"; readFileSync(x);'],
    ["readFileSync(new URL('../n.bin', import.meta.url));"],
    ["const p = join(__dirname, 'n.bin'); save(p); readFileSync(p);"],
  ])('is not told in TypeScript: %s', async (code) => {
    const files = goProgram('#!/usr/bin/env node', { 'src/plugin.ts': `${code}\n` });
    expect(await missing(files)).toEqual([]);
  });
});

it('200 kB of paths that are put together are read in no time', { timeout: 180_000 }, async () => {
  for (const piece of [
    'f"{HERE}/a" ',
    'Path("a", Path("b", "c", "d") / "e", ',
    '"a" % ("b", ',
    '"a" + ',
  ]) {
    const files = withFiles({ 'main.py': piece.repeat(200_000 / piece.length) });
    await leftOut(files);
    await missing(files);
  }
  for (const piece of ['path.join("a", path.join("b", "c", ', '`$' + '{a}` + ', 'a = "x" + a\n']) {
    const files = javascript(piece.repeat(200_000 / piece.length));
    await leftOut(files);
    await missing(files);
  }
});
