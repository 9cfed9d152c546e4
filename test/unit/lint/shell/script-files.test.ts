// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell syntax looks like a template's
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptFiles } from '../../../../src/lint/shell/script-files.ts';

/** The files that a script uses, `?` behind those that it may do without, `~` behind those that it may unpack. */
function used(text: string, packed: readonly string[] = []): string[] {
  return scriptFiles(text, (path) => packed.includes(path)).map(
    ({ path, isNeeded, mayBeUnpacked }) =>
      `${path}${isNeeded ? '' : '?'}${mayBeUnpacked ? '~' : ''}`,
  );
}

describe('the folder of the plugin', () => {
  it.each([
    ['cur=$(dirname "$0")\ncat $cur/a.txt'],
    ['cur=$(dirname $0)\ncat "$cur/a.txt"'],
    ['cur=`dirname $0`\ncat ${cur}/a.txt'],
    ['cur=`dirname "$0"`\ncat "${cur}"/a.txt'],
    ['cat "$(dirname "$0")/a.txt"'],
    ['cat $(dirname $(readlink -f $0))/a.txt'],
    ['cat ${0%/*}/a.txt'],
    ['HERE="$(cd "$(dirname "$0")" && pwd)"\ncat "$HERE/a.txt"'],
    ['HERE=$(cd $(dirname $0); pwd -P)\ncat $HERE/a.txt'],
    ['HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" >/dev/null 2>&1 && pwd)"\ncat $HERE/a.txt'],
    ['export HERE=$(dirname "$(realpath "$0")")\ncat $HERE/a.txt'],
    ['BASE=$PWD\ncat $BASE/./a.txt'],
    ['cat $(pwd)/a.txt'],
    ['cat a.txt'],
    ['cat ./a.txt'],
    ['cd "$(dirname "$0")" || exit 1\ncat a.txt'],
    ['cur=$(dirname "$0")\nFILES=$cur/x/..\ncat $FILES/a.txt'],
    ['script=$0\ncat "${script%/install.sh}/a.txt"'],
    ['#!/bin/sh\nset -e\n# cat b.txt\nif true; then\n  cat a.txt\nfi'],
    ['cat \\\n  a.txt'],
    ['cat < a.txt'],
    ['main() {\n  cat a.txt\n}\nmain'],
    ['(cd /tmp; cat b.txt)\ncat a.txt'],
    ['cat <<EOF\ncat b.txt\nEOF\ncat a.txt'],
  ])('%s', (text) => {
    expect(used(text)).toEqual(['a.txt']);
  });
});

describe('what a command reads', () => {
  it.each<[string, string[]]>([
    ['pip install -r requirements.txt', ['requirements.txt']],
    ['pip3 install --no-index --find-links wheels -r req.txt numpy', ['wheels', 'req.txt']],
    ['pip install --requirement=req.txt', ['req.txt']],
    ['python3 -m pip install -r req.txt ./x.whl', ['req.txt', 'x.whl']],
    ['pip install $PWD/wheels/*.whl', ['wheels']],
    ['pip install --no-index --find-links="$PWD/wheels" -f$PWD/w2 numpy', ['wheels', 'w2']],
    ['for f in "$PWD"/wheels/*.whl; do pip install "$f"; done', ['wheels']],
    ['unzip -o mysdk.zip -d sdk', ['mysdk.zip']],
    ['tar xzf libs.tar.gz -C lib', ['libs.tar.gz']],
    ['tar -x -f libs.tar', ['libs.tar']],
    ['cp -r models/a.bin /opt/models/', ['models/a.bin']],
    ['chmod +x bin/run', ['bin/run']],
    ['sh setup/post.sh --fast', ['setup/post.sh']],
    ['. ./env.sh', ['env.sh']],
    ['./configure', ['configure']],
    ['python3 setup.py install', ['setup.py']],
    ['sudo dpkg -i deb/x.deb', ['deb/x.deb']],
    ['cd sub && cat a.txt', ['sub', 'sub/a.txt']],
  ])('%s', (text, files) => {
    expect(used(text)).toEqual(files);
  });
});

describe('what is not asked for', () => {
  it.each<[string, string[]]>([
    ['mkdir -p $PWD/logs && cp $PWD/logs/a /tmp', []],
    ['echo 1 > conf.ini\ncat conf.ini', []],
    ['curl -o a.tgz https://x.org/a.tgz\ntar xzf a.tgz', []],
    ['wget -O a.tgz https://x.org/a.tgz; tar xf a.tgz; cat a/b', []],
    ['curl -LO https://x.org/a.tgz\ntar xzf a.tgz', []],
    ['git clone https://x.org/lib lib && cat lib/a', []],
    ['python3 -m venv .venv\n.venv/bin/pip install numpy', []],
    ['cp /etc/a.conf a.conf\ncat a.conf', []],
    ['make\ncp build/x /usr/lib', []],
    ['pip install numpy ekuiper==2.4.2', []],
    ['rm -rf $PWD/cache', []],
    ['echo "see $PWD/readme.txt"', []],
    ['cat /etc/passwd ~/x $HOME/x ../x', []],
    ['cat $1/a.txt "$unknown/a.txt"', []],
    ['cd $1\ncat a.txt', []],
    ['for f in a b; do cat $f; done', []],
    ['python3 -c "import x"', []],
    ['PATH=$PWD/bin:$PATH', []],
    [
      'for f in $PWD/wheels/*.whl; do\n  [ -e "$f" ] || continue\n  pip install $f\ndone',
      ['wheels?'],
    ],
    ['for f in *.whl; do pip install $f; done', []],
    ['unknown-tool --db $PWD/x.db', ['x.db?']],
    ['cat a.txt || true', ['a.txt?']],
    ['if cat a.txt; then echo; fi', ['a.txt?']],
    ['[ -f a.txt ] && cat a.txt', ['a.txt?']],
    ['if [ -e $PWD/a.txt ]; then\n  sh a.txt\nfi', ['a.txt?']],
  ])('%s', (text, files) => {
    expect(used(text)).toEqual(files);
  });

  it('what a script of the plugin may have made', () => {
    expect(used('sh build.sh\ncat out.bin')).toEqual(['build.sh', 'out.bin']);
    expect(used('sh build.sh\ncat out.bin', ['build.sh'])).toEqual(['build.sh']);
  });
});

describe('hostile scripts', () => {
  it('are read to the end', { timeout: 180_000 }, () => {
    const piece = fc.constantFrom(
      ...[
        '$(',
        '"',
        "'",
        '`',
        '${',
        '}',
        ')',
        '(',
        '<<E',
        '\n',
        'a=$a$a;',
        'cd ',
        '&&',
        '||',
        '\\',
        '$0',
        ' x/y',
        '#',
        'if ',
        '*',
        '>',
      ],
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => {
      const part = parts.join('');
      return `a=xxxxxxxx;${part.repeat(Math.ceil(30_000 / part.length))}`;
    });
    fc.assert(
      fc.property(text, (script) => {
        scriptFiles(script, () => false);
      }),
      { seed: 13, numRuns: 80 },
    );
  });
});

describe('what a script makes is not missing', () => {
  it.each([
    ['curl -sSLo model.onnx https://example.com/m\ncp model.onnx m2.onnx'],
    ['wget -qO model.onnx https://example.com/m\ncp model.onnx m2.onnx'],
    ['curl -sSLO https://example.com/m.onnx\ncp m.onnx m2.onnx'],
    ['git clone https://example.com/lib.git\ncat lib/a.txt'],
    ['python3 -m venv env\n./env/bin/pip install x\n. env/bin/activate'],
    ['gzip -d < /usr/share/x.gz > a.txt\ncat a.txt'],
  ])('%s', (text) => {
    expect(used(text)).toEqual([]);
  });

  it('an archive that is unpacked may hold anything, in the folder where it is unpacked', () => {
    const all = ['a.tgz', 'b.txt~', 'c.sh~'];
    expect(used('tar -xzf a.tgz\ncat b.txt\n./c.sh', ['a.tgz'])).toEqual(all);
    expect(used('F=x.zip\nunzip $F\ncat b.txt', ['x.zip'])).toEqual(['x.zip', 'b.txt~']);
    const inFolder = 'unzip x.zip -d sdk\ncat sdk/b.txt b.txt';
    expect(used(inFolder, ['x.zip'])).toEqual(['x.zip', 'sdk/b.txt~', 'b.txt']);
    expect(used('gunzip m.gz\ncat m', ['m.gz'])).toEqual(['m.gz', 'm~']);
  });
});

describe('what is missing is seen behind whatever stands before it', () => {
  it.each([
    ['gzip -d < a.gz > z\ncat b.txt', ['a.gz', 'b.txt']],
    ['cat a.txt | sh', ['a.txt']],
    ['F=a.zip\nunzip $F', ['a.zip']],
    ['(cd sub && ./a.sh)', ['sub', 'sub/a.sh']],
    ['nohup ./a &', ['a']],
    ['if ./a.sh; then :; fi', ['a.sh?']],
    ['PYTHONPATH=. python3 a.py', ['a.py']],
    ['env A=1 B=2 ./a', ['a']],
    ['sudo A=1 nohup ./a.sh', ['a.sh']],
    ["cp 'a b.txt' x", ['a b.txt']],
  ])('%s', (text, files) => {
    expect(used(text)).toEqual(files);
  });
});
