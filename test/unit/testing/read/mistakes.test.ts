import { describe, expect, it, test } from 'vitest';
import { readFiles, readYaml, shownMistakes } from './read-text.ts';

/** One case of a function with these lines besides. */
const reverse = (...lines: string[]) =>
  ['cases:', '  - name: x', '    function: reverse', ...lines.map((line) => `    ${line}`)].join(
    '\n',
  );
const ticker = (...lines: string[]) =>
  ['cases:', '  - name: x', '    source: ticker', ...lines.map((line) => `    ${line}`)].join('\n');
const writer = (...lines: string[]) =>
  ['cases:', '  - name: x', '    sink: writer', ...lines.map((line) => `    ${line}`)].join('\n');

describe('one mistake, at its place, with what is right', () => {
  test.each<[string, string, string]>([
    [
      'an unknown key',
      reverse('args: [1]', 'reslt: 1'),
      '5:5 "reslt" is not known in a case of a function | its keys are name, within, since, function, args, result, error, calls, aggregate, validate',
    ],
    ['… and the one that was meant', reverse('args: [1]', 'reslt: 1'), 'Write "result" instead'],
    [
      'an argument list that is called otherwise',
      reverse('argz: [1]'),
      '4:5 "argz" is not known in a case of a function | its keys are name, within, since, function, args, result, error, calls, aggregate, validate, received, env, http, setup | Write "args" instead of "argz"',
    ],
    ['a key of a sink', reverse('args: [1]', 'wrote: 1'), '5:5 "wrote" belongs to a sink'],
    [
      'an unknown symbol',
      'cases: [{name: x, function: revers, args: []}]',
      '1:29 the plugin has no function "revers"',
    ],
    [
      '… and the one that was meant',
      'cases: [{name: x, function: revers, args: []}]',
      'Write "reverse" instead',
    ],
    [
      'a symbol of another kind',
      'cases: [{name: x, sink: ticker, rows: [1]}]',
      'ticker is a source | Write source: ticker',
    ],
    [
      'two symbols at once',
      reverse('source: ticker', 'args: []'),
      '4:5 this case is for a function and a source',
    ],
    ['no symbol', 'cases:\n  - name: x', '2:5 this case names no symbol'],
    ['no name', 'cases:\n  - function: reverse\n    args: []', '2:5 a case has no name'],
    ['nothing to test', reverse(), '3:5 this case asks nothing of the function'],
    ['args of another type', reverse('args: 1'), '4:11 args is no list'],
    [
      'result without a call',
      reverse('aggregate: false', 'result: 1'),
      '5:5 result stands there without args',
    ],
    [
      'result and error',
      reverse('args: []', 'result: 1', 'error: true'),
      '5:5 result stands beside error | a call has a result or an error, never both',
    ],
    [
      'args beside calls',
      reverse('calls: [{args: []}]', 'args: []'),
      '5:5 args stands beside calls',
    ],
    ['a call without args', reverse('calls: [{result: 1}]'), '4:13 a call has no args'],
    ['calls that are none', reverse('calls: []'), '4:5 calls is empty'],
    ['a strange duration', ticker('within: soon'), '4:13 within is no duration'],
    ['a version as a number', ticker('since: 2.1'), '4:12 since is no version of eKuiper'],
    [
      'more rows than messages',
      ticker('messages: 1', 'rows: [{}, {}]'),
      '4:15 rows lists 2 messages, and the source is stopped after 1',
    ],
    [
      'an error beside rows',
      ticker('rows: [{}]', 'error: true'),
      '4:5 rows stands beside error | a source that fails to start sends no messages',
    ],
    ['an error that is none', ticker('error: false'), '4:12 error is no text, matcher or true'],
    [
      'a sink without rows',
      writer('wrote: {file: x, text: a}'),
      '3:5 this case sends nothing to the sink',
    ],
    ['raw and rows', writer('rows: [1]', 'raw: [a]'), '4:5 rows stands beside raw'],
    [
      'a strange way to send',
      writer('rows: [1]', 'send: singel'),
      '5:11 "singel" is not known in send',
    ],
    [
      'a file without a look',
      writer('rows: [1]', 'wrote: {file: x}'),
      '5:5 wrote needs lines or text or json or contains',
    ],
    [
      'two looks',
      writer('rows: [1]', 'wrote: {file: x, lines: [], text: a}'),
      '5:33 text stands beside lines',
    ],
    [
      'a strange request',
      writer('rows: [1]', 'received: [{methd: POST}]'),
      '5:17 "methd" is not known in a request',
    ],
    [
      'a strange acknowledgement',
      writer('rows: [1]', 'acks: {ok: -1}'),
      '5:16 ok is no integer from 0 up',
    ],
    [
      'a status that is none',
      writer('rows: [1]', 'httpStatus: 99'),
      '5:17 httpStatus is no integer from 200 to 599',
    ],
    ['an unknown check', 'checks: {skip: [silense]}', '1:17 "silense" is not known in skip'],
    [
      'a check of an unknown symbol',
      'checks: {sources: {tikcer: {}}}',
      '1:20 the plugin has no source "tikcer"',
    ],
    [
      'a check with a strange key',
      'checks: {sinks: {writer: {confKey: a}}}',
      '1:27 "confKey" is not known in the checks of a sink',
    ],
    ['a key that is there twice', reverse('args: [1]', 'args: [2]'), '5:5 "args" is there twice'],
    ['a case that is a text', 'cases:\n  - reverse', '2:5 a case is no mapping'],
    ['a file that is a list', '- name: x', '1:1 a case file is no mapping'],
    ['another file', 'default:\n  interval: 1', '1:1 this is no case file'],
    ['a key of the file', 'case: []', '1:1 "case" is not known in a case file'],
    ['YAML that is none', 'cases: [', 'the file cannot be read as YAML'],
    ['an unknown anchor', 'cases: *a', "1:8 unknown anchor 'a' referenced"],
    ['two documents', 'cases: []\n---\ncases: []', '2:1 a second document begins here'],
    [
      'a variable of kplugin',
      reverse('env: { KPLUGIN_TOKEN: x }'),
      '4:12 "KPLUGIN_TOKEN" is not the name of a variable for plugins | it has letters, digits, _ and ., and does not begin with KPLUGIN_: settings and secrets of kplugin are not given to plugins | Write another name, or leave it out',
    ],
    [
      'a setup without a command',
      reverse('setup: { ready: { line: up } }'),
      '4:5 setup has no command',
    ],
    [
      'two probes',
      reverse('setup: { command: [a], ready: { line: up, port: 1 } }'),
      'port stands beside line',
    ],
    ['a number that JSON does not know', reverse('args: [.nan]'), '4:12 JSON has no such value'],
  ])('%s', async (_, text, expected) => {
    expect(shownMistakes(await readYaml(text)).join('\n')).toContain(expected);
  });
});

describe('a matcher that can never hold, or is none', () => {
  test.each<[string, string]>([
    ['{ $mim: 1 }', '5:15 "$mim" is not known in an expected value | its keys are $type'],
    [
      '{ $min: 2, $max: 1 }',
      '5:24 no value can be like this | it would have to be at least 2 and at most 1',
    ],
    ['{ $min: 9, $near: 1, $by: 2 }', 'it would have to be at least 9 and at most 3'],
    ['{ $type: integer, $min: 0.2, $max: 0.8 }', 'there is no integer from 0.2 to 0.8'],
    ['{ $type: string, $min: 1 }', '$min asks for number or integer, the rest for another type'],
    ['{ $matches: a, $max: 1 }', 'asks for'],
    ['{ $type: strin }', 'Write "string" instead of "strin"'],
    ['{ $type: [] }', '$type is empty'],
    ['{ $matches: "(" }', 'Invalid regular expression'],
    ['{ $near: 1 }', '$near stands without $by'],
    ['{ $by: 1 }', '$by stands without $near'],
    ['{ $near: 1, $by: -1 }', '$by is no number from 0 up'],
    ['{ $min: low }', '$min is no number'],
    ['{ $length: -1 }', 'a length is an integer from 0 up'],
    ['{ $length: 1.5 }', 'a length is an integer from 0 up'],
    ['{ $not: { $any: true } }', 'for a missing key write $any: false'],
    ['{ $any: false }', 'only the key of an object can be missing'],
    ['{ $any: maybe }', '$any is no boolean'],
    ['{ a: { $any: false, $type: string } }', 'what is not there has no type and no size'],
    ['{ $exactly: 1 }', '$exactly takes an object or a list'],
    ['{ $exactly: { a: 1 }, $min: 1 }', '$min stands beside $exactly'],
    ['{ $min: 1, a: 1 }', '"a" stands beside $min'],
    ['{ $exactly: { a: 1 }, b: 1 }', 'Move "b" into $exactly'],
  ])('%s', async (matcher, expected) => {
    const read = await readYaml(reverse('args: []', `result: ${matcher}`));
    expect(shownMistakes(read).join('\n')).toContain(expected);
  });
});

it('a key of another kind of case is one mistake, whatever it holds', async () => {
  const read = await readYaml(reverse('args: []', 'wrote: 1'));
  expect(read.mistakes.map(({ message }) => message)).toEqual(['"wrote" belongs to a sink']);
});

it('tells all of them in one pass, in the order of the file', async () => {
  const read = await readYaml(
    [
      'cases:',
      '  - name: a',
      '    function: revers',
      '    args: 1',
      '  - name: b',
      '    sink: writer',
      '    rows: []',
    ].join('\n'),
  );
  expect(shownMistakes(read)).toHaveLength(3);
  expect(read.mistakes.map(({ line }) => line)).toEqual([3, 4, 7]);
  expect(read.cases).toEqual([]);
});

it('knows a name that is there twice for one symbol, also in two files', async () => {
  const one = 'cases: [{ name: x, function: reverse, args: [] }]';
  const read = await readFiles({
    'a.yaml': one,
    'b.yml': one,
    'c.yaml': 'cases: [{ name: x, source: ticker }]',
  });
  expect(shownMistakes(read)).toEqual([
    'tests/b.yml:1:17 another case of function reverse is called "x" too | it stands in tests/a.yaml:1; a report could not tell the two apart | Give one of them another name',
  ]);
});

it('reads on behind what JSON does not know', async () => {
  const read = await readFiles({
    'a.json': '{ "cases": [ // one\n {"name": "x", "functon": 1,}\n]}',
  });
  expect(read.mistakes.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '1 JSON knows no comment',
    '2 this case names no symbol',
    '2 "functon" is not known in a case',
    '2 JSON knows no trailing comma',
  ]);
});

it('says where JSON ends', async () => {
  const read = await readFiles({ 'a.json': '{ "cases": [' });
  expect(shownMistakes(read)[0]).toContain('tests/a.json:1:13 unexpected end of JSON input');
});
