import { describe, expect, it } from 'vitest';
import { installShMissingFile } from '../../../../../src/lint/rules/executable/install-sh-missing-file.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const withScript = (script: string, more: Record<string, string> = {}) =>
  withFiles({ 'install.sh': `#!/bin/sh\ncur=$(dirname "$0")\n${script}\n`, ...more });

describe('what install.sh uses', () => {
  it('is looked for in the package, with its place and what may have been meant', async () => {
    const files = withScript('pip install -r $cur/requirement.txt\nsh $cur/setup/post.sh', {
      'requirements.txt': 'numpy\n',
    });
    for (const form of ['directory', 'zip'] as const) {
      const found = await findingsOf(installShMissingFile, { files, form });
      expect(short(found)).toEqual([
        '3:16 install.sh uses requirement.txt, which is not in the package',
        '4:4 install.sh uses setup/post.sh, which is not in the package',
      ]);
      expect(found[0]).toMatchObject({
        severity: 'warning',
        hint: expect.stringContaining('Did you mean requirements.txt?'),
        effect: expect.stringContaining('eKuiper refuses the install with its stderr'),
      });
      expect(found[1]?.hint).toBe('Put setup/post.sh into the package, or correct install.sh');
    }
  });

  it('is not looked for in what no shell can read', async () => {
    const text = '#!/bin/sh\nsh $(dirname "$0")/gone.sh\n';
    for (const script of [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`${text}\0`)]) {
      const files = withFiles({ 'install.sh': script });
      expect(await findingsOf(installShMissingFile, { files })).toEqual([]);
    }
  });

  it('says which rule leaves it out, and what lets it in', async () => {
    const found = await findingsOf(installShMissingFile, {
      files: withScript('unzip -o $cur/mysdk.zip -d $cur/sdk\nmytool $cur/models/a.onnx'),
      project: { 'models/a.onnx': 'x' },
      leftOut: { 'mysdk.zip': '"*.zip"', 'models/': '.kpluginignore:1 "models/"' },
    });
    expect(found.map(({ message, hint }) => [message, hint])).toEqual([
      [
        'install.sh uses mysdk.zip, which is left out of the package ("*.zip")',
        'Write the line !mysdk.zip into .kpluginignore',
      ],
      [
        'install.sh uses models/a.onnx, which is left out of the package (.kpluginignore:1 "models/")',
        expect.stringContaining('models/'),
      ],
    ]);
  });

  it('says once that what an archive may hold was not looked for', async () => {
    const script = 'tar xzf $cur/sdk.tgz -C $cur/sdk\ncat $cur/sdk/a $cur/sdk/b\ncat $cur/gone.txt';
    const found = await findingsOf(installShMissingFile, {
      files: withScript(script, { 'sdk.tgz': 'x' }),
    });
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'info',
        'install.sh uses sdk/a and 1 more file, which may come out of an archive that install.sh unpacks',
      ],
      ['warning', 'install.sh uses gone.txt, which is not in the package'],
    ]);
  });

  it('knows that eKuiper moves the files of symbols', async () => {
    const [found] = await findingsOf(installShMissingFile, {
      files: withScript('cat $cur/sources/psrc.yaml'),
    });
    expect(found?.message).toMatch('which eKuiper does not put into the folder of the plugin');
  });

  it.each([
    ['a file that is there', 'sh $cur/lib/a.sh', { 'lib/a.sh': '' }],
    ['a folder that is there', 'pip install --find-links $cur/wheels x', { 'wheels/x.whl': '' }],
    [
      'a pattern in a folder that is there',
      'pip install $cur/wheels/*.whl',
      { 'wheels/x.whl': '' },
    ],
    ['what it makes', 'mkdir -p $cur/data\ntouch $cur/data/x\ncat $cur/data/x', {}],
    ['what a command that nobody knows may make', 'mytool --db $cur/x.db', {}],
    ['what it tests for', '[ -f $cur/extra.txt ] && pip install -r $cur/extra.txt', {}],
    ['no file of the plugin', 'pip install numpy\ncat /etc/os-release', {}],
  ])('is silent about %s', async (_name, script, more) => {
    expect(await findingsOf(installShMissingFile, { files: withScript(script, more) })).toEqual([]);
  });
});
