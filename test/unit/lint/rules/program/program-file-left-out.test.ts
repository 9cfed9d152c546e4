import { describe, expect, it } from 'vitest';
import { programFileLeftOut } from '../../../../../src/lint/rules/program/program-file-left-out.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const LEFT_OUT = {
  'models/policy.zip': '"*.zip"',
  '.env': '".env"',
  'data/': '.kpluginignore:1 "data/"',
};

async function messages(code: string, path = 'main.py'): Promise<string[]> {
  const found = await findingsOf(programFileLeftOut, {
    files: withFiles({ [path]: code }),
    project: { 'data/a.csv': 'x', [path]: code },
    leftOut: LEFT_OUT,
  });
  return found.map(({ message }) => message.replace('The program names ', '').replace(/,.*/, ''));
}

describe('a file that the program names and the package lacks', () => {
  it.each([
    ['open("models/policy.zip")', 'models/policy.zip'],
    ["open('./models/policy.zip')", 'models/policy.zip'],
    ['zipfile.ZipFile(HERE / "models" / "policy.zip")', 'models/policy.zip'],
    ['os.path.join(here, "models", "policy.zip")', 'models/policy.zip'],
    ['open(here + "/" + "models/policy.zip")', 'models/policy.zip'],
    ['open(f"{here}/models/policy.zip")', 'models/policy.zip'],
    ['load_dotenv(".env")', '.env'],
    ['open("data/a.csv")', 'data/a.csv'],
  ])('is found in %s', async (code, path) => {
    expect(await messages(`x = 1\n${code}\n`)).toEqual([path]);
  });

  it.each([
    ['open("models/other.zip")'],
    ['open("data/b.csv")'],
    ['x = "data"'],
    ['# open("models/policy.zip")'],
    ['open("https://x.org/models/policy.zip")'],
    ['open("/models/policy.zip")'],
  ])('is not seen in %s', async (code) => {
    expect(await messages(`${code}\n`)).toEqual([]);
  });

  it('is told once, with what lets it in', async () => {
    const code = 'open("models/policy.zip")\n';
    const found = await findingsOf(programFileLeftOut, {
      files: withFiles({ 'main.py': code + code }),
      leftOut: LEFT_OUT,
    });
    expect(found).toMatchObject([
      {
        line: 1,
        severity: 'warning',
        message: 'The program names models/policy.zip, which is left out of the package ("*.zip")',
        hint: 'Write the line !models/policy.zip into .kpluginignore',
      },
    ]);
  });

  it('is a source file that holds a secret', async () => {
    const found = await findingsOf(programFileLeftOut, {
      files: withFiles({}),
      leftOut: {
        'lib/client.py': 'it holds a GitHub token',
        'notes.txt': 'it holds a GitHub token',
      },
    });
    expect(found.map(({ file, message }) => [file, message])).toEqual([
      ['lib/client.py', 'This source file is left out of the package (it holds a GitHub token)'],
    ]);
  });

  it.each([
    ['import secrets', 'secrets.py'],
    ['from secrets import KEY', 'secrets.py'],
    ['from .secrets import KEY', 'secrets.py'],
    ['import os, secrets as s', 'secrets.py'],
    ['import lib.keys', 'lib/keys.py'],
    ['from lib import net, keys', 'lib/keys.py'],
    ['import data.load', 'data/load.py'],
  ])('is a module that it imports: %s', async (code, path) => {
    const found = await findingsOf(programFileLeftOut, {
      files: withFiles({ 'main.py': `${code}\n`, 'lib/__init__.py': '', 'lib/net.py': '' }),
      project: { 'data/load.py': 'x' },
      leftOut: {
        'secrets.py': '"secrets.py"',
        'lib/keys.py': 'it holds a token',
        'data/': '"data/"',
      },
    });
    const left = found.filter(({ file }) => file === 'main.py');
    expect(left.map(({ message }) => message.replace(/^.* and | is left out.*/g, ''))).toEqual([
      path,
    ]);
  });

  it.each([
    ['import os, secretstorage'],
    ['try:\n    import secrets\nexcept ImportError:\n    pass'],
    ['import_secrets = 1'],
    ['x = "import secrets"'],
  ])('is no module in %s', async (code) => {
    const files = withFiles({ 'main.py': `${code}\n` });
    const leftOut = { 'secrets.py': '"secrets.py"' };
    expect(await findingsOf(programFileLeftOut, { files, leftOut })).toEqual([]);
  });

  it('is no module that is packed in another form', async () => {
    const files = withFiles({ 'main.py': 'import secrets\n', 'secrets/__init__.py': '' });
    const leftOut = { 'secrets.py': '"secrets.py"' };
    expect(await findingsOf(programFileLeftOut, { files, leftOut })).toEqual([]);
  });

  it('is nothing in a zip', async () => {
    const files = withFiles({ 'main.py': 'open("models/policy.zip")' });
    expect(await findingsOf(programFileLeftOut, { files, form: 'zip' })).toEqual([]);
  });
});
