import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGE_ROWS } from '../../../../src/client/messages/translate.ts';
import { CODES, explained } from '../../../../src/commands/explain/run.ts';
import { allCommands } from '../../../../src/commands/table.ts';
import { DEFECTS } from '../../../../src/doctor/host/defect-table.ts';
import { RULES } from '../../../../src/lint/rules/index.ts';
import { CATALOGUE } from '../../../../src/model/error-catalogue.ts';
import { ROOT } from '../../../bin/run.ts';
import { runs } from '../../shell-words/command-lines.ts';
import { codesIn } from './codes-in-sources.ts';

const COMMANDS = await allCommands();

const SOURCES = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(path.join('model', 'errors')))
  .map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'));

const PRINTED = [...new Set(SOURCES.flatMap(codesIn))].sort();

/** What is explained under an id: its own name in the data of `--json`. */
function nameOf(id: string): unknown {
  const data = explained(id)?.data;
  if (typeof data !== 'object' || data === null) return null;
  if ('code' in data) return data.code;
  if ('rule' in data) return data.rule;
  return 'message' in data ? data.message : null;
}

/** The codes that a pattern of {@link codesIn} stands for. */
function codesOf(pattern: string): string[] {
  if (pattern === 'host-refused-*') return MESSAGE_ROWS.map(({ id }) => `host-refused-${id}`);
  if (pattern === 'host-defect-*') return DEFECTS.map(({ id }) => `host-defect-${id}`);
  const [head = '', tail = ''] = pattern.split('*');
  return [...CATALOGUE.keys()].filter((code) => code.startsWith(head) && code.endsWith(tail));
}

describe('every code that the sources have', () => {
  it('is found', () => {
    expect(PRINTED.length).toBeGreaterThan(180);
    expect(PRINTED.filter((code) => code.includes('*'))).toEqual([
      '*-missing',
      'doctor-*',
      'host-*',
      'host-defect-*',
      'host-refused-*',
      'plugin-*',
    ]);
  });

  it.each(PRINTED)('%s is explained', (code) => {
    const codes = code.includes('*') ? codesOf(code) : [code];
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.map(nameOf)).toEqual(codes);
  });

  it('and the catalogue has no other', () => {
    const texts = SOURCES.join('\n');
    const patterns = PRINTED.filter((code) =>
      /^(?:\*-missing|doctor-\*|host-\*|plugin-\*)$/.test(code),
    );
    const unused = [...CATALOGUE.keys()].filter(
      (code) =>
        !texts.includes(`'${code}'`) && !patterns.some((one) => codesOf(one).includes(code)),
    );
    expect(unused).toEqual([]);
  });
});

describe('what else has an id', () => {
  it.each(RULES.map(({ id }) => id))('the rule %s is explained as itself', (id) => {
    expect(nameOf(id)).toBe(id);
  });

  it.each(MESSAGE_ROWS.map(({ id }) => id))('the message host-refused-%s', (id) => {
    expect(nameOf(`host-refused-${id}`)).toBe(`host-refused-${id}`);
  });

  it('no rule has the id of a code', () => {
    expect(RULES.filter(({ id }) => CODES.includes(id))).toEqual([]);
  });

  it('commander says nothing that has no code of ours', () => {
    const folder = path.join(ROOT, 'node_modules/commander/lib');
    const said = readdirSync(folder).flatMap((file) =>
      Array.from(
        readFileSync(path.join(folder, file), 'utf8').matchAll(/'(commander\.\w+)'/g),
        ([, code = '']) => code,
      ),
    );
    // What ends with help or the version is no error, and kplugin has no commands in files of their own.
    const fine = /\.(?:error|help|helpDisplayed|version|executeSubCommandAsync)$/;
    const failure = readFileSync(path.join(ROOT, 'src/cli/failure.ts'), 'utf8');
    expect(said.length).toBeGreaterThan(8);
    expect(said.filter((code) => !fine.test(code) && !failure.includes(`'${code}'`))).toEqual([]);
  });
});

describe('the catalogue', () => {
  it.each([...CATALOGUE].map(([code, entry]) => [code, entry] as const))(
    '%s: whole sentences, and commands that there are',
    (_code, { what, why, fix, commands }) => {
      for (const text of [what, why, fix]) {
        expect(text).toMatch(/^(?:[A-Z]|[\w.-]+)[^\n]*\.$/s);
        expect(text).not.toMatch(/undefined|\$\{|\s{2}/);
      }
      expect(commands.length).toBeGreaterThan(0);
      for (const line of commands) {
        const command = line.replace(/^(?:[A-Z_]+=\S+|wsl) /, '');
        expect(runs(command, COMMANDS), line).toBe(true);
        expect(isKnown(command), line).toBe(true);
      }
    },
  );

  it.each([
    ['[yaml-key-case]', 'yaml-key-case'],
    [' Missing-Host\n', 'missing-host'],
    ['token-expired', 'token-expired'],
    ['no-handshake', 'host-refused-no-handshake'],
    ['toString', null],
    ['__proto__', null],
    ['', null],
  ])('%j is %j', (typed, name) => {
    expect(nameOf(typed)).toBe(name);
  });

  it('what two have the same id of leads to the other', () => {
    expect(explained('token-expired')?.next).toEqual([
      'kplugin explain host-refused-token-expired',
    ]);
    expect(explained('missing-host')?.next).toBeUndefined();
  });
});

/** Whether a line begins with a command of kplugin, or with another program. */
function isKnown(line: string): boolean {
  if (!line.startsWith('kplugin ')) return /^[a-z.][\w./-]* \S|^env$/.test(line);
  const rest = line.slice('kplugin '.length);
  if (rest === '--help' || rest === '--version' || rest === 'help <command>') return true;
  const name = rest.replace(/^help /, '');
  return COMMANDS.some((command) => name === command.name || name.startsWith(`${command.name} `));
}
