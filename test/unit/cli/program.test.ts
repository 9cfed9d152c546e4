import { describe, expect, it } from 'vitest';
import { defineCommand, row } from '../../../src/cli/command.ts';
import { buildProgram, type Parsed } from '../../../src/cli/program.ts';

const bake = defineCommand({
  name: 'bake',
  group: 'Write',
  summary: 'bread',
  args: [{ name: 'flour', summary: 'which', required: true, missing: 'look into the larder' }],
  flags: {
    dryRun: { kind: 'switch', summary: 'only say' },
    noSalt: { kind: 'switch', summary: 'leave it out' },
    output: { kind: 'value', short: 'o', value: 'file', summary: 'where' },
    shape: { kind: 'choice', choices: ['round', 'long'], default: 'round', summary: 'form' },
    seed: { kind: 'list', value: 'name', summary: 'on top' },
    now: { kind: 'switch', summary: 'at once', env: false },
  },
  examples: [],
});

const mix = defineCommand({
  name: 'mix',
  group: 'Write',
  summary: 'dough',
  args: [{ name: 'things', summary: 'what', variadic: true }],
  flags: {},
  examples: [],
});

const never = () => Promise.reject(new Error('not to be loaded by parsing'));
const TABLE = await Promise.all([
  row(Promise.resolve({ command: bake }), never),
  row(Promise.resolve({ command: mix }), never),
]);

function parse(argv: string[], env: Record<string, string> = {}): Parsed {
  const before = { ...process.env };
  Object.assign(process.env, env);
  const seen: Parsed[] = [];
  try {
    const program = buildProgram(
      TABLE,
      () => {},
      env,
      (parsed) => seen.push(parsed),
    );
    program.parse(argv, { from: 'user' });
  } finally {
    process.env = before;
  }
  const [parsed] = seen;
  if (!parsed) throw new Error('no command was chosen');
  return parsed;
}

const DEFAULTS = { dryRun: false, noSalt: false, shape: 'round', seed: [], now: false };

describe('argv becomes typed values', () => {
  it.each<[string, string[], Record<string, string>, object]>([
    ['defaults', ['bake', 'rye'], {}, DEFAULTS],
    ['switches', ['bake', 'rye', '--dry-run'], {}, { ...DEFAULTS, dryRun: true }],
    [
      'negated names keep their name',
      ['bake', 'rye', '--no-salt'],
      {},
      { ...DEFAULTS, noSalt: true },
    ],
    ['short flags', ['bake', 'rye', '-o', 'x'], {}, { ...DEFAULTS, output: 'x' }],
    ['choices', ['bake', 'rye', '--shape', 'long'], {}, { ...DEFAULTS, shape: 'long' }],
    [
      'lists repeat',
      ['bake', 'rye', '--seed', 'a', '--seed', 'b'],
      {},
      { ...DEFAULTS, seed: ['a', 'b'] },
    ],
    ['lists take commas', ['bake', 'rye', '--seed', 'a, b'], {}, { ...DEFAULTS, seed: ['a', 'b'] }],
    ['variables', ['bake', 'rye'], { KPLUGIN_OUTPUT: 'y' }, { ...DEFAULTS, output: 'y' }],
    ['an empty variable is none', ['bake', 'rye'], { KPLUGIN_OUTPUT: '' }, DEFAULTS],
    [
      'a switch by variable',
      ['bake', 'rye'],
      { KPLUGIN_DRY_RUN: '1' },
      { ...DEFAULTS, dryRun: true },
    ],
    ['a switch off by variable', ['bake', 'rye'], { KPLUGIN_DRY_RUN: '0' }, DEFAULTS],
    [
      'flags beat variables',
      ['bake', 'rye', '-o', 'x'],
      { KPLUGIN_OUTPUT: 'y' },
      { ...DEFAULTS, output: 'x' },
    ],
    ['some flags have no variable', ['bake', 'rye'], { KPLUGIN_NOW: '1' }, DEFAULTS],
  ])('%s', (_name, argv, env, expected) => {
    expect(parse(argv, env).flags).toEqual(expected);
  });

  it('takes global flags before and after the command', () => {
    for (const argv of [
      ['--json', 'bake', 'rye'],
      ['bake', 'rye', '--json'],
    ]) {
      expect(parse(argv).globals).toMatchObject({ json: true, quiet: false, color: true });
    }
    expect(parse(['--no-color', 'bake', 'rye', '--no-input', '-y']).globals).toMatchObject({
      color: false,
      input: false,
      yes: true,
    });
  });

  it('reads global variables', () => {
    expect(
      parse(['bake', 'rye'], { KPLUGIN_JSON: 'true', KPLUGIN_NO_INPUT: '1' }).globals,
    ).toMatchObject({ json: true, input: false });
  });

  it('splits fixed and variadic arguments', () => {
    expect(parse(['bake', 'rye']).args).toEqual(['rye']);
    expect(parse(['mix', 'a', 'b']).rest).toEqual(['a', 'b']);
  });

  it.each([
    ['an unknown command', ['bakke', 'rye'], /unknown command 'bakke'\n\(Did you mean bake\?\)/],
    [
      'an unknown flag',
      ['bake', 'rye', '--dry-rum'],
      /unknown option '--dry-rum'\n\(Did you mean --dry-run\?\)/,
    ],
    ['a missing argument', ['bake'], /missing required argument 'flour'\n\(look into the larder\)/],
    ['one argument too many', ['bake', 'rye', 'oat'], /too many arguments/],
    [
      'a value outside the choices',
      ['bake', 'rye', '--shape', 'flat'],
      /Allowed choices are round, long/,
    ],
  ])('refuses %s', (_name, argv, message) => {
    expect(() => parse(argv)).toThrow(message);
  });
});
