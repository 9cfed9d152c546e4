import { describe, expect, it } from 'vitest';
import { programFileLeftOut } from '../../../../../src/lint/rules/program/program-file-left-out.ts';
import { programFileMissing } from '../../../../../src/lint/rules/program/program-file-missing.ts';
import { findingsOf } from '../../check-rule.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const LEFT_OUT = { 'models/policy.zip': '"*.zip"' };

async function isFound(code: string, path: string): Promise<boolean> {
  const files = path === 'main.py' ? withFiles({ [path]: code }) : goProgram('x', { [path]: code });
  const left = await findingsOf(programFileLeftOut, { files, leftOut: LEFT_OUT });
  const missing = await findingsOf(programFileMissing, { files });
  return left.length + missing.length > 0;
}

/** The name that is left out stands in each of them: some are files of the box, some of the plugin. */
const PYTHON = {
  box: [
    'os.path.join("/opt", "models", "policy.zip")',
    'os.path.join("/opt", name, "models/policy.zip")',
    'os.path.join(name, "/opt", "models", "policy.zip")',
    'os.path.join("models", "/opt", "models/policy.zip")',
    'join("/opt", "models", "policy.zip")',
    'Path("/opt") / "models" / "policy.zip"',
    'Path("/opt") / name / "policy.zip"',
    'Path("/opt", "models", "policy.zip")',
    '(Path("/opt") / "models") / "policy.zip"',
    'Path("x") / "/opt" / "models" / "policy.zip"',
    'Path("/opt").joinpath("models", "policy.zip")',
    'Path("/opt").joinpath("models").joinpath("policy.zip")',
    'pathlib.Path(str("/opt")).resolve() / "models/policy.zip"',
    'BASE = "/opt"\nx = os.path.join(BASE, "models", "policy.zip")',
    'BASE = Path("/opt")\nx = BASE / "models" / "policy.zip"',
    'BASE: Path = Path("/opt")\nx = BASE.joinpath("models", "policy.zip")',
    'BASE = Path("/opt")\nM = BASE / "models"\nx = M / "policy.zip"',
    'class A:\n  def f(self):\n    self.base = "/opt"\n    x = os.path.join(self.base, "models/policy.zip")',
    '"/opt/" + "models/policy.zip"',
    '"/opt/" + name + "/models/policy.zip"',
    'f"/opt/{name}/models/policy.zip"',
    'BASE = "/opt"\nx = f"{BASE}/models/policy.zip"',
    'f"{os.environ[\'DATA\']}/models/policy.zip"',
    '"/opt/%s/policy.zip" % name',
    '"%s/models/policy.zip" % "/opt"',
    '"{}/models/policy.zip".format("/opt")',
    'os.path.expanduser("~/models/policy.zip")',
    'os.path.join(os.path.expanduser("~"), "models", "policy.zip")',
    'os.path.join("~", "models", "policy.zip")',
    'Path.home() / "models" / "policy.zip"',
    'Path("~/x").expanduser() / "models/policy.zip"',
    'os.path.join(os.environ["DATA"], "models", "policy.zip")',
    'os.path.join(os.environ.get("DATA", "/opt"), "models", "policy.zip")',
    'os.path.join(os.getenv("DATA"), "models/policy.zip")',
    'DATA = os.environ["DATA"]\nx = os.path.join(DATA, "models", "policy.zip")',
    'os.path.expandvars("$DATA/models/policy.zip")',
    'os.path.join(tempfile.gettempdir(), "models", "policy.zip")',
    'os.path.join("C:\\\\", "models", "policy.zip")',
    'os.path.join("C:/data", "models", "policy.zip")',
    'Path(r"C:\\data") / "models" / "policy.zip"',
  ],
  plugin: [
    'os.path.join("models", "policy.zip")',
    'os.path.join(here, "models", "policy.zip")',
    'os.path.join(os.path.dirname(__file__), "models", "policy.zip")',
    'Path(__file__).parent / "models" / "policy.zip"',
    'Path("models").joinpath("policy.zip")',
    'f"{here}/models/policy.zip"',
    'here + "/models/policy.zip"',
    '"/".join(["models", "policy.zip"]); open("models/policy.zip")',
    'print("/opt", open("models/policy.zip"))',
    'log("/opt/x"); x = Path("models") / "policy.zip"',
    'BASE = "/opt"\nBASE = "."\nx = os.path.join(BASE, "models", "policy.zip")',
    'os.path.join("/opt/ekuiper/plugins/portable/probe", "models", "policy.zip")',
    'if "/" in open("models/policy.zip"): pass',
    'x.split("/") + open("models/policy.zip")',
  ],
};

const GO = {
  box: [
    'filepath.Join("/opt", "models", "policy.zip")',
    'path.Join("/opt", name, "models/policy.zip")',
    'filepath.Join(os.Getenv("DATA"), "models", "policy.zip")',
    'home, err := os.UserHomeDir()\nx := filepath.Join(home, "models", "policy.zip")',
    'base := "/opt"\nx := filepath.Join(base, "models", "policy.zip")',
    'filepath.Join(filepath.Clean("/opt"), "models", "policy.zip")',
    'filepath.Join(os.TempDir(), "models/policy.zip")',
    'os.Open("/opt/" + "models/policy.zip")',
    'filepath.Join("C:\\\\", "models", "policy.zip")',
    'os.ExpandEnv("$DATA/models/policy.zip")',
  ],
  plugin: [
    'filepath.Join("models", "policy.zip")',
    'filepath.Join("models", "/policy.zip")',
    'filepath.Join(dir, "/models", "policy.zip")',
    'filepath.Join(dir, "models", "policy.zip")',
    'filepath.Join(filepath.Dir(exe), "models", "policy.zip")',
    'os.Open(dir + "/models/policy.zip")',
  ],
};

const TYPESCRIPT = {
  box: [
    "path.join('/opt', 'models', 'policy.zip')",
    "path.resolve('/opt', 'models', 'policy.zip')",
    "path.resolve('models', '/opt', 'models/policy.zip')",
    "path.resolve(name, '/opt', 'models/policy.zip')",
    "join('/opt', name, 'models/policy.zip')",
    "path.join(process.env.DATA, 'models', 'policy.zip')",
    "path.join(process.env['DATA'], 'models', 'policy.zip')",
    "path.join(os.homedir(), 'models', 'policy.zip')",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    '`/opt/${name}/models/policy.zip`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    '`${process.env.DATA}/models/policy.zip`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    "const BASE = '/opt';\nconst x = `${BASE}/models/policy.zip`",
    "const BASE: string = '/opt';\nconst x = path.join(BASE, 'models', 'policy.zip')",
    "path.join('C:\\\\', 'models', 'policy.zip')",
    "'/opt/' + 'models/policy.zip'",
  ],
  plugin: [
    "path.join('models', 'policy.zip')",
    "path.join(dir, '/models', 'policy.zip')",
    "path.join('models', '/policy.zip')",
    "path.resolve('models', 'policy.zip')",
    "path.resolve(dir, 'models', 'policy.zip')",
    "path.join(__dirname, 'models', 'policy.zip')",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    '`${dir}/models/policy.zip`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    '`${__dirname}/models/policy.zip`',
  ],
};

describe.each([
  ['main.py', PYTHON],
  ['main.go', GO],
  ['src/main.ts', TYPESCRIPT],
] as const)('in %s', (path, { box, plugin }) => {
  const program = (code: string): string =>
    path === 'main.go' ? `package main\nfunc main() {\n${code}\n}\n` : `${code}\n`;

  it.each(box)('a path of the box is no file of the plugin: %s', async (code) => {
    expect(await isFound(program(code), path)).toBe(false);
  });

  it.each(plugin)('a path of the plugin is found: %s', async (code) => {
    expect(await isFound(program(code), path)).toBe(true);
  });
});
