import { describe, expect, it } from 'vitest';
import { programFileMissing } from '../../../../../src/lint/rules/program/program-file-missing.ts';
import { findingsOf } from '../../check-rule.ts';
import type { FileSpec } from '../../memory-view.ts';
import { goProgram, withFiles, withManifest } from '../../plugin-files.ts';

const THERE = { 'models/there.bin': 'x', 'lib/__init__.py': '', 'lib/net.py': '' };

async function missing(files: Readonly<Record<string, FileSpec>>): Promise<string[]> {
  const found = await findingsOf(programFileMissing, { files });
  return found.map(({ message }) =>
    message.replace(/^The program opens |, which is not.*|^The program imports .* no /g, ''),
  );
}

const python = (code: string, more = {}): Promise<string[]> =>
  missing(withFiles({ ...THERE, ...more, 'main.py': `import os\n${code}\n` }));

describe('what a Python program opens and the package lacks', () => {
  it.each([
    ['open("models/n.bin")'],
    ['open("models/n.bin", "rb")'],
    ['open("models/n.bin", mode="r", encoding="utf-8")'],
    ['with open(file="x.txt") as a, open("models/n.bin") as b:\n    pass'],
    ['io.open("./models/n.bin")'],
    ['json.load(open("models/n.bin"))'],
    ['Path("models/n.bin").read_bytes()'],
    ['return Path("models/n.bin").read_text()'],
    ['pathlib.Path("models", "n.bin").open("rb")'],
    ['(Path("models") / "n.bin").open()'],
    ['open(os.path.join(os.path.dirname(__file__), "models", "n.bin"), "rb")'],
    ['open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "models/n.bin"))'],
    ['HERE = Path(__file__).resolve().parent\nopen(HERE / "models" / "n.bin", "rb")'],
    ['HERE = Path(__file__).parent\n(HERE / "models" / "n.bin").read_bytes()'],
    ['HERE = Path(__file__).parent\nHERE.joinpath("models", "n.bin").read_bytes()'],
    ['here = os.path.dirname(__file__)\nMODEL = here + "/models/n.bin"\nx = open(MODEL)'],
    ['MODELS = "models"\nopen(os.path.join(MODELS, "n.bin"))\nopen("out.txt", "w")'],
    ['np.load("models/n.bin")'],
    ['ort.InferenceSession("models/n.bin")'],
    ['import onnxruntime as o\no.InferenceSession("models/n.bin")'],
    ['import json, numpy as n\nn.load("models/n.bin")'],
    ['from onnxruntime import InferenceSession\nInferenceSession("models/n.bin")'],
    ['cv2.dnn.readNet("models/n.bin")'],
    ['from cv2 import dnn as d\nd.readNetFromONNX("models/n.bin")'],
    ['try:\n    a()\nexcept ValueError:\n    open("models/n.bin")'],
  ])('is found in %s', async (code) => {
    expect(await python(code)).toEqual(['models/n.bin']);
  });

  it.each([
    ['open("models/there.bin")'],
    ['open("/etc/x.bin")'],
    ['open("../x.bin")'],
    ['open(path)'],
    ['open("models/" + name)'],
    ['open(f"models/{name}.bin")'],
    ['# open("models/n.bin")'],
    ['def open(self, ctx="x.bin"):\n    pass'],
    ['self.open("x.bin")'],
    ['import tokens as np\nnp.load("x.bin")'],
    ['from json import load\nload("x.bin")'],
    ['webbrowser.open("x.html")'],
    ['open("n.bin", "w")'],
    ['open("n.bin", mode="ab")'],
    ['open("n.bin", mode)'],
    ['open("n.bin", "w")\nopen("n.bin")'],
    ['Path("n.bin").write_text("x")\nPath("n.bin").read_text()'],
    ['STATE = Path(__file__).parent / "n.bin"\nSTATE.write_text("x")\nSTATE.read_text()'],
    ['if os.path.exists("n.bin"):\n    open("n.bin")'],
    ['P = Path("n.bin")\nif P.is_file():\n    P.read_text()'],
    ['os.makedirs("cache")\nopen("cache/n.bin")'],
    ['CACHE = Path("cache")\nCACHE.mkdir()\n(CACHE / "n.bin").read_text()'],
    ['fetch(URL, "n.bin")\nopen("n.bin")'],
    ['urlretrieve(URL, target)\nopen("n.bin")'],
    ['os.chdir("/x")\nopen("n.bin")'],
    ['try:\n    open("n.bin")\nexcept Exception:\n    pass'],
    ['def f():\n    return open("n.bin")\ntry:\n    f()\nexcept FileNotFoundError:\n    pass'],
    ['with contextlib.suppress(Exception):\n    open("n.bin")'],
    ['def f(name):\n    return open(name)\nname = "n.bin"'],
  ])('is not seen in %s', async (code) => {
    expect(await python(code)).toEqual([]);
  });

  it('is sought from the folder of the executable, where eKuiper starts the program', async () => {
    const code = 'open("a.bin")\nopen("src/b.bin")\n';
    const files = withManifest(
      { executable: 'src/main.py' },
      { 'src/main.py': code, 'src/a.bin': '', 'src/b.bin': '' },
    );
    expect(await missing(files)).toEqual(['src/src/b.bin']);
  });

  it('is sought in the modules that the program imports, and in no other file', async () => {
    const code = 'open("n.bin")\n';
    expect(await python('import lib.net', { 'lib/net.py': code })).toEqual(['n.bin']);
    expect(await python('from lib import net', { 'lib/net.py': code })).toEqual(['n.bin']);
    expect(await python('pass', { 'train.py': code })).toEqual([]);
  });

  it('is said once, as not looked for, where install.sh unpacks an archive', async () => {
    const code =
      'import os\nimport lib.gone\nopen("sdk/a.bin")\nopen("sdk/b.bin")\nopen("c.bin")\n';
    const inFolder = 'cur=$(dirname "$0")\nunzip -o $cur/a.zip -d $cur/sdk\n';
    const rows = async (script: string): Promise<string[]> => {
      const more = { ...THERE, 'a.zip': 'x', 'main.py': code, 'install.sh': script };
      const found = await findingsOf(programFileMissing, { files: withFiles(more) });
      return found.map(({ severity, message }) => `${severity}: ${message}`);
    };
    const unpacked = 'which may come out of an archive that install.sh unpacks';
    expect(await rows(inFolder)).toEqual([
      'warning: The program imports lib.gone, and the package has no lib/gone.py',
      `info: The program needs sdk/a.bin and 1 more file, ${unpacked}`,
      'warning: The program opens c.bin, which is not in the package',
    ]);
    const anywhere = [`info: The program needs sdk/a.bin and 3 more files, ${unpacked}`];
    expect(await rows('unzip a.zip\n')).toEqual(anywhere);
    expect(await rows('find . -name "*.tgz" -exec tar xf {} +\n')).toEqual(anywhere);
  });

  it('is nothing where install.sh may make it', async () => {
    const more = { 'install.sh': 'curl -O https://x.org/n.bin\n' };
    expect(await python('open("n.bin")', more)).toEqual([]);
    const plain = { 'install.sh': 'python3 -m pip install -r requirements.txt\n' };
    expect(await python('open("n.bin")', plain)).toEqual(['n.bin']);
  });

  it('is told with its place, the reason and what to do', async () => {
    const files = withFiles({ 'main.py': 'x = 1\nopen("models/n.bin")\n' });
    expect(await findingsOf(programFileMissing, { files, form: 'zip' })).toMatchObject([
      {
        file: 'main.py',
        line: 2,
        severity: 'warning',
        message: 'The program opens models/n.bin, which is not in the package',
        effect: expect.stringContaining('starts the program in the folder of its executable'),
        hint: 'Put models/n.bin into the package, or correct the path in main.py',
      },
    ]);
  });

  it('may be a name of a long __init__.py, which is read once', { timeout: 180_000 }, async () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    const init = names.map((name) => `${name} = 1\n`).join('');
    const code = `from lib import ${names.join(', ')}, n20000`;
    expect(await python(code, { 'lib/__init__.py': init })).toEqual(['lib/n20000.py']);
  });

  it('is found in as many calls, names and guards as are looked at, in no time', {
    timeout: 180_000,
  }, async () => {
    for (const piece of [
      'open("n.bin")\n',
      'open(NAME)\n',
      'NAME = NAME / "x"\n',
      'try:\n    open("n.bin")\n',
      '(((((Path("a") / "b").open()\n',
      'def f(open(a.b.c, \n',
      'from a import (b, c\n',
    ]) {
      const files = withFiles({ 'main.py': piece.repeat(400_000 / piece.length) });
      await findingsOf(programFileMissing, { files });
    }
  });
});

describe('a module of a folder of the project that the package lacks', () => {
  it.each([
    ['import lib.gone', 'lib/gone.py'],
    ['import os, lib.gone as g', 'lib/gone.py'],
    ['from lib.gone import x', 'lib/gone.py'],
    ['from lib import gone', 'lib/gone.py'],
    ['from lib import (net, gone)', 'lib/gone.py'],
    ['import lib.gone.deep', 'lib/gone.py'],
    ['from .lib.gone import x', 'lib/gone.py'],
  ])('is found in %s', async (code, path) => {
    expect(await python(code)).toEqual([path]);
  });

  it.each([
    ['import lib.net'],
    ['from lib.net import anything'],
    ['import numpy.linalg'],
    ['import gone'],
    ['try:\n    import lib.gone\nexcept ImportError:\n    pass'],
    ['if TYPE_CHECKING:\n    from lib.gone import X'],
  ])('is not seen in %s', async (code) => {
    expect(await python(code)).toEqual([]);
  });

  it('is none where lib/__init__.py defines the name, or the module is compiled', async () => {
    expect(await python('from lib import VERSION', { 'lib/__init__.py': 'VERSION = 1' })).toEqual(
      [],
    );
    expect(await python('from lib import v', { 'lib/__init__.py': 'from .net import *' })).toEqual(
      [],
    );
    expect(await python('import lib.fast', { 'lib/fast.cpython-311.so': '' })).toEqual([]);
  });

  it('is none beside the executable in a folder: it may be installed', async () => {
    const files = withManifest({ executable: 'src/main.py' }, { 'src/main.py': 'import numpy\n' });
    expect(await missing(files)).toEqual([]);
  });
});

describe('what a program in Go or TypeScript opens and the package lacks', () => {
  const go = (code: string) => missing(goProgram('ELF', { 'main.go': `package main\n${code}\n` }));
  const typescript = (code: string) =>
    missing(
      goProgram('#!/usr/bin/env node', { 'src/plugin.ts': `import './rows.ts';\n${code}\n` }),
    );

  it.each([
    ['f, err := os.Open("models/n.bin")'],
    ['b, _ := os.ReadFile("models/n.bin")'],
    ['b, _ := ioutil.ReadFile(filepath.Join("models", "n.bin"))'],
  ])('is found in %s', async (code) => {
    expect(await go(code)).toEqual(['models/n.bin']);
  });

  it.each([
    ['os.Open("/etc/x")'],
    ['os.Open(name)'],
    ['os.Create("n.bin")\nos.Open("n.bin")'],
    ['os.WriteFile("n.bin", b, 0o644)\nos.ReadFile("n.bin")'],
    ['_, err := os.Open("n.bin")\nif os.IsNotExist(err) { return }'],
    ['os.OpenFile("n.bin", os.O_CREATE, 0)'],
    ['db.Open("n.bin")'],
    ['// os.Open("n.bin")'],
  ])('is not seen in %s', async (code) => {
    expect(await go(code)).toEqual([]);
  });

  it.each([
    ['readFileSync("models/n.bin")'],
    ["await fs.readFile('models/n.bin', 'utf8')"],
    ['createReadStream(path.join("models", "n.bin"))'],
  ])('is found in %s', async (code) => {
    expect(await typescript(code)).toEqual(['models/n.bin']);
  });

  it.each([
    ['readFileSync("/etc/x")'],
    ['readFileSync(name)'],
    ['writeFileSync("n.bin", "x"); readFileSync("n.bin")'],
    ['if (existsSync("n.bin")) readFileSync("n.bin")'],
    ['try { readFileSync("n.bin") } catch {}'],
    ['readFile("n.bin").catch(() => null)'],
  ])('is not seen in %s', async (code) => {
    expect(await typescript(code)).toEqual([]);
  });
});
