import { expect, test } from 'vitest';
import { yamlSyntax } from '../../../../../src/lint/rules/source-yaml/yaml-syntax.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

const findingsFor = (yaml: string | Uint8Array) =>
  findingsOf(yamlSyntax, { files: { ...GOOD_FILES, 'sources/psrc.yaml': yaml } });

test.each<[string, string, string[]]>([
  ['a tab', 'default:\n\ta: 1\n', ['2:1 found character that cannot start any token (a tab)']],
  ['an open bracket', 'default: [1\n', ["2:1 did not find expected ',' or ']'"]],
  ['an unknown anchor', 'default: *nope\n', ["1:10 unknown anchor 'nope' referenced"]],
  ['a template', 'default:\n  url: {{ .Values.url }}\n', ['2:9 invalid map key']],
  ['a map as a key', 'default:\n  ? {a: 1}\n  : b\n', ['2:5 invalid map key']],
  ['a list as a key', 'default:\n  [a]: b\n', ['2:3 invalid map key']],
  ['YAML 1.2', '%YAML 1.2\n---\ndefault: {}\n', ['1:1 found incompatible YAML document']],
  [
    'a control character',
    'default:\n  a: \x07\n',
    ['2:6 control characters are not allowed (U+0007)'],
  ],
  [
    'a merge of a text',
    'default:\n  <<: x\n',
    ['2:7 map merge requires map or sequence of maps as the value'],
  ],
  [
    'a tag that does not fit',
    'default:\n  a: !!int x\n',
    ['2:6 cannot decode !!str `x` as a !!int'],
  ],
  ['an anchor in itself', 'default: &a\n  b: *a\n', ["2:6 anchor 'a' value contains itself"]],
  ['a comment only', '# nothing yet\n', []],
  ['an empty file', '', []],
  ['CRLF', 'default:\r\n  a: 1\r\n', []],
])('%s', async (_title, yaml, expected) => {
  const found = short(await findingsFor(yaml));
  expect(found.map((one) => one.replace('eKuiper cannot read this YAML: ', ''))).toEqual(expected);
});

test.each([
  ['{{ .Values.url }}', 'default:\n  url: {{ .Values.url }}\n', /Fill the template in/],
  ['%YAML 1.2', '%YAML 1.2\n---\ndefault: {}\n', /write %YAML 1\.1/],
  ['a tab', 'default:\n\ta: 1\n', /Indent with spaces/],
])('says how to correct %s', async (_title, yaml, hint) => {
  expect((await findingsFor(yaml))[0]?.hint).toMatch(hint);
});

const BEFORE = 'default:\n  a: 1\n';

test.each([
  ['{{- if .Values.x }}\ndefault: {}\n{{- end }}\n', '{{ … }}'],
  [`${BEFORE}  {{- toYaml .Values.more | nindent 2 }}\n`, '{{ … }}'],
  [`${BEFORE}  b: {{ .open\n  c: 1\n`, '{{ … }}'],
  ['{% if x %}\ndefault: {}\n{% endif %}\n', '{% … %}'],
  [`${BEFORE}  b: {% x %}\n`, '{% … %}'],
  [`${BEFORE}  {# about\n  this #}\n`, '{# … #}'],
  ['<% if x %>\n\ndefault: {}\n<% end %>\n', '<% … %>'],
  [`${BEFORE}  b: [% x %]\n`, '[% … %]'],
  ['<#if x>\ndefault: {}\n</#if>\n', '<#…>'],
  ['<? if (1) ?>\ndefault: {}\n', '<? … ?>'],
  ['%{ if x }\ndefault: {}\n%{ endif }\n', '%{ … }'],
  [`${BEFORE}  b: { c: \${X} }\n`, `\${…}`],
  [`${BEFORE}  b: [\${X}, \${Y}]\n`, `\${…}`],
  [`default:\n  \${X}\n  b: 1\n`, `\${…}`],
  [`${BEFORE}  b: @var@\n`, '@…@'],
  [`${BEFORE}  b: @{var}\n`, '@{…}'],
  [`${BEFORE}  b: %VAR%\n`, '%…%'],
  ['default:\n[[ if .x ]]\n  a: 1\n[[ end ]]\n', '[[ … ]]'],
])('says that %j is a template', async (yaml, template) => {
  const [finding] = await findingsFor(yaml);
  expect(finding?.hint).toBe(`Fill the template in first, or quote the value: "${template}"`);
});

test.each([
  ['in quotes', `${BEFORE}  b: "{{ x }}"\n  c: '{% y %}'\n  d: [1\n`, /^Correct/],
  ['in a comment', `${BEFORE}  # {% if x %}\n  d: [1\n`, /^Correct/],
  ['a value that is a text to YAML', `${BEFORE}  b: \${X}\n\tc: 1\n`, /^Indent/],
  ['a list in a list', `${BEFORE}  b: [[1, 2], [3]\n`, /^Correct/],
  ['a lone sign', `${BEFORE}  b: @x\n`, /^Correct/],
])('what is no cause is not told: %s', async (_title, yaml, hint) => {
  expect((await findingsFor(yaml))[0]?.hint).toMatch(hint);
});

const TEXT = 'default:\r\n  interval: 1s\r\n';

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, little-endian, with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16, big-endian, with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
])('%s is read', async (_title, yaml) => {
  expect(await findingsFor(yaml)).toEqual([]);
});

const GBK_COMMENT = Buffer.from('2320c4accfc8c5e4d6c30a64656661756c743a207b7d0a', 'hex');

test.each<[string, Uint8Array, RegExp]>([
  ['GBK', GBK_COMMENT, /^1:4 The file is not UTF-8; it is probably GBK: # 默先配置$/],
  [
    'Latin-1',
    Buffer.from('# Gr\u00f6\u00dfe\na: 1\n', 'latin1'),
    /^1:5 The file is not UTF-8; it is probably Windows-1252: # Größe$/,
  ],
  [
    'UTF-16 without a mark',
    Buffer.from(TEXT, 'utf16le'),
    /^1:2 The file is not UTF-8; it is probably UTF-16LE without a byte-order mark: /,
  ],
  [
    'UTF-32',
    Buffer.from([...'a: 1\n'].flatMap((char) => [char.charCodeAt(0), 0, 0, 0])),
    /^1:2 The file is not UTF-8; it is probably UTF-32LE without a byte-order mark: a: 1$/,
  ],
  ['half a pair in UTF-16', Buffer.from('fffe00d80a00', 'hex'), /The file is not UTF-8/],
])('%s is not', async (_title, yaml, expected) => {
  const [finding] = await findingsFor(yaml);
  expect(short(finding ? [finding] : [])[0]).toMatch(expected);
  expect(finding?.effect).toContain('without any configuration');
});
