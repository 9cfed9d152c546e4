import { describe, expect, it } from 'vitest';
import { ignoreRules } from '../../../../src/package/ignore/ignore-rules.ts';
import { defaultPatterns } from '../../../../src/package/ignore/pattern-lists.ts';
import { secretVerdict, strictRule } from '../../../../src/package/ignore/verdict.ts';

describe('the strict set', () => {
  it.each([
    '.git/',
    '.env',
    'a/.env.production',
    'dist/Old.ZIP',
    'keys/id_ed25519',
    'client.p12',
    '.ssh/config',
    '.aws/',
    'secrets.json',
    '.probe.zip.0123abcd-17.kplugin-tmp',
  ])('keeps %s out whatever lets everything in', (path) => {
    const everything = {
      ignoreLines: ['!*', '!**', '!*.*', '!.*', '!a/'],
      files: ['*', '*.json', 'a/'],
    };
    expect(ignoreRules([], everything, [path]).verdict(path)).toMatchObject({
      packed: false,
      list: 'strict',
      reason: expect.stringMatching(/./),
    });
  });

  it.each([
    '.gitignore',
    '.github/',
    'environment.py',
    'env/',
    'a.zip.py',
    'cacert.pem',
    'wheel.whl',
  ])('has nothing against %s', (path) => {
    expect(strictRule(path)).toBeNull();
  });

  it.each<[string, string, string]>([
    ['the path', '!models/policy.zip', 'models/policy.zip'],
    ['the path from the root', '!/secrets.json', 'secrets.json'],
    ['the name', '!.env', 'a/.env'],
    ['the kind', '!models/*.zip', 'models/policy.zip'],
    ['the kind anywhere', '!*.tfvars', 'infra/x.tfvars'],
    ['a folder', '!.aws/', '.aws/config'],
    ['a file in a folder', '!.aws/config', '.aws/config'],
    ['the folder above it', '!.aws/config', '.aws/'],
  ])('gives way to a line of .kpluginignore with %s', (_name, line, path) => {
    const rules = ignoreRules([], { ignoreLines: ['# asked for', line], files: null }, []);
    expect(rules.verdict(path)).toEqual({
      packed: true,
      list: '.kpluginignore',
      line: 2,
      rule: line,
      reason: strictRule(path)?.reason,
    });
  });

  it('gives way to an entry of "files", which still leaves out everything else', () => {
    const files = ['main.py', 'models/policy.zip', '*.json'];
    const rules = ignoreRules([], { ignoreLines: [], files }, []);
    expect(rules.verdict('models/policy.zip')).toMatchObject({
      packed: true,
      list: 'files',
      line: 2,
    });
    expect(rules.verdict('old.zip')).toMatchObject({ packed: false, list: 'strict' });
    expect(rules.verdict('secrets.json')).toMatchObject({ packed: false, list: 'strict' });
  });

  it.each<[string, string[], string]>([
    ['lies beside what was named', ['!models/policy.zip'], 'models/other.zip'],
    ['lies in the same secret folder', ['!.aws/config'], '.aws/credentials'],
    ['is left out again later', ['!policy.zip', '*.zip'], 'policy.zip'],
    ['lies in an ignored folder', ['models/', '!models/policy.zip'], 'models/policy.zip'],
  ])('keeps out what %s', (_name, ignoreLines, path) => {
    expect(ignoreRules([], { ignoreLines, files: null }, []).verdict(path).packed).toBe(false);
  });

  it('lets a line that names the file let in what it holds, but never a private key', () => {
    const token = { what: 'a GitHub token', isPrivateKey: false, line: 3 };
    const key = { what: 'a private key', isPrivateKey: true, line: 1 };
    const lists = { ignoreLines: ['!/lib/client.py', '!*', '!lib/'], files: null };
    const { named } = ignoreRules([], lists, []);
    const byName = { list: '.kpluginignore', line: 1, rule: '!/lib/client.py' };
    expect(named('lib/client.py')).toEqual(byName);
    expect(named('lib/other.py')).toBeNull();
    expect(secretVerdict(token, named('lib/client.py'), '')).toEqual({
      packed: true,
      ...byName,
      reason: 'it holds a GitHub token in line 3',
    });
    expect(secretVerdict(token, null, '')).toMatchObject({ packed: false, rule: 'a GitHub token' });
    expect(secretVerdict(key, named('lib/client.py'), '')).toMatchObject({
      packed: false,
      rule: 'a private key',
      reason: expect.stringMatching(
        'it holds a private key in line 1; kplugin never packs a private key, because',
      ),
    });
  });
});

describe('the defaults', () => {
  const python = defaultPatterns({ language: 'python', hasGoModule: false, environments: [] });
  const goModule = defaultPatterns({ language: 'go', hasGoModule: true, environments: [] });
  const program = defaultPatterns({ language: 'go', hasGoModule: false, environments: [] });
  const marked = defaultPatterns({
    language: 'python',
    hasGoModule: false,
    environments: ['env', '[x]'],
  });
  const verdict = (defaults: readonly string[], path: string) =>
    ignoreRules(defaults, { ignoreLines: [], files: null }, []).verdict(path).packed;

  it.each<[string, readonly string[], string, boolean]>([
    ['a virtual environment that is marked', marked, 'env/', false],
    ['one with wildcards in its name', marked, '[x]/', false],
    ['a folder of that name elsewhere', marked, 'lib/env/', true],
    ['bytecode caches', python, 'lib/__pycache__/', false],
    ['the file of an add that was killed', python, 'main.py.kplugin-4711', false],
    ['a package of another name', python, 'x.kplugin-data', true],
    ['bytecode without sources', python, 'lib/secret.pyc', true],
    ['vendored wheels', python, 'vendor/pynng.whl', true],
    ['metadata of vendored packages', python, 'vendor/x.dist-info/METADATA', true],
    ['a virtual environment', python, '.venv/', false],
    ['node_modules of a Python plugin', python, 'node_modules/', false],
    ['node_modules of a JavaScript plugin', program, 'node_modules/', true],
    ['Go sources of a Go module', goModule, 'main.go', false],
    ['its go.mod', goModule, 'go.mod', false],
    ['its vendored modules', goModule, 'vendor/', false],
    ['a vendor folder deeper down', goModule, 'data/vendor/', true],
    ['Go files of a plugin that is no module', program, 'template.go', true],
    ['a model', python, 'models/v1/m.onnx', true],
    ['a licence', python, 'LICENSE', true],
    ['a kept empty folder', python, 'logs/.gitkeep', true],
    ['editor settings', python, '.vscode/', false],
    ['what macOS drops', python, 'sinks/._x.json', false],
    ['the lists of kplugin', python, '.kpluginignore', false],
  ])('%s', (_name, defaults, path, packed) => {
    expect(verdict(defaults, path)).toBe(packed);
  });
});
