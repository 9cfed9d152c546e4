// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell syntax looks like a template's
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bashismsIn } from '../../../../src/lint/shell/bashisms.ts';
import { maskScript } from '../../../../src/lint/shell/mask.ts';

const constructs = (script: string): string[] => {
  return bashismsIn(script).map(({ construct }) => construct);
};

test.each([
  ['if [[ -n "$1" ]]; then echo; fi', ['[[']],
  ['[[ a == b ]] && echo', ['[[', '==']],
  ['if [ "$a" == b ]; then echo; fi', ['==']],
  ['source ./env.sh', ['source']],
  ['function go { echo; }', ['function']],
  ['((i++))', ['((']],
  ['files=(a b)', ['an array']],
  ['cat <<<"$x"', ['<<<']],
  ['make &>log', ['&>']],
  ['diff <(ls a) <(ls b)', ['<(…)']],
  ['for i in {1..3}; do echo; done', ['{1..3}']],
  ['set -euo pipefail', ['set -o pipefail']],
  ['declare -A map', ['declare']],
  ['echo "${x//a/b}"', ['${x//a/b}']],
  ['echo ${x^^}', ['${x^^}']],
  ['echo ${x:0:2}', ['${x:0:2}']],
  ['echo "${x[@]}"', ['${x[@]}']],
  ['cd "$(dirname "${BASH_SOURCE[0]}")"', ['${x[@]}', 'BASH_SOURCE']],
])('%s', (script, expected) => {
  expect(constructs(script)).toEqual(expected);
});

test.each([
  'cd "$(dirname "$0")" && . ./env.sh',
  'if [ "$1" = fast ]; then pip install -r requirements.txt; fi',
  'echo "[[ not a test ]]" # [[ nor this ]]',
  "sed 's/[[]/x/' file",
  'echo "source of ${x:-0} and ${y##*/} and ${z%/}"',
  'cat <<EOF\nsource x\n[[ a ]]\nEOF\necho',
  "cat <<-'END'\n\t((i++))\n\tEND",
  'i=$((i + 1)); echo $i',
  'make >log 2>&1',
  'resource x; my_source y',
  'echo a==b; test a = b',
  'name() { echo; }',
])('every shell knows: %s', (script) => {
  expect(constructs(script)).toEqual([]);
});

test('points at the construct', () => {
  const script = 'set -e\nif [[ -d wheels ]]; then\n  source env\nfi\n';
  const found = bashismsIn(script).map(({ start, end }) => script.slice(start, end));
  expect(found).toEqual(['[[', 'source e']);
});

test('masking keeps every offset and line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a"\'\\#<E \n$(){}') }), (script) => {
      const { bare, expanded } = maskScript(script);
      const lines = (text: string): number[] => text.split('\n').map(({ length }) => length);
      expect(lines(bare)).toEqual(lines(script));
      expect(lines(expanded)).toEqual(lines(script));
    }),
  );
});

test('a hostile line costs nothing', () => {
  expect(bashismsIn(`${'[ '.repeat(200_000)}\nsource x`)).toHaveLength(1);
});
