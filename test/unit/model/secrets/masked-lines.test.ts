import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { maskedLines } from '../../../../src/model/secrets/masked-lines.ts';

describe('lines of files that may hold secrets', () => {
  it.each([
    ['sources/a.yaml', '  password: geheim', '  password: ***'],
    ['sources/a.yaml', '  saslPassword: "a b"  # c', '  saslPassword: ***'],
    ['sources/a.yaml', 'mqtt: {user: x, password: y}', 'mqtt: {user: x, password: ***'],
    ['sources/a.yaml', '  password:', '  password:'],
    ['sources/a.yaml', '  private_key: |', '  private_key: |'],
    ['sources/a.yaml', '  server: tcp://me:geheim@h:1883', '  server: tcp://***@h:1883'],
    ['sources/a.yaml', '# no secrets in here', '# no secrets in here'],
    ['a.json', '  "apiKey": "x",', '  "apiKey": ***'],
    ['a.json', '  "tokens": {', '  "tokens": {'],
    ['.conf/x.ini', 'token = x', 'token = ***'],
    ['main.py', 'password = os.environ["P"]', 'password = os.environ["P"]'],
    ['main.py', 'connect("mqtt://a:b@h")', 'connect("mqtt://***@h")'],
    ['a.yaml', 'connectionString: "Server=h;Password=zz9"', 'connectionString: ***'],
    ['a.yaml', 'connection_string: x', 'connection_string: ***'],
    ['a.yaml', '  pwd: x', '  pwd: ***'],
    ['a.yaml', '  dsn: user:pa55@tcp(h)/db', '  dsn: ***'],
    ['a.yaml', '  db_pass: x', '  db_pass: ***'],
    ['a.yaml', '  lowPass: 10', '  lowPass: 10'],
    ['a.yaml', '  db: user:pa55@tcp(h)/db', '  db: user:***@tcp(h)/db'],
    ['a.yaml', '  db: "Server=h;Password=zz9"', '  db: "Server=h;Password=***'],
    ['main.py', 'connect("Server=h;Password=zz9")', 'connect("Server=h;Password=***'],
    ['a.yaml', '  url: mqtt://u:p@ss@h', '  url: mqtt://***@h'],
    ['README.md', 'see https://example.com/a@b', 'see https://example.com/a@b'],
  ])('%s: %s', (path, line, shown) => {
    expect(maskedLines(path, [line])[0]).toBe(shown);
  });

  it('is not kept busy by a long line', () => {
    const hostile = `${'password'.repeat(20_000)}${'a://'.repeat(1000)} ${'x'.repeat(100_000)}`;
    expect(maskedLines('a.yaml', [`${hostile} password: geheim`])[0]).not.toContain('geheim');
  });
});

describe('a line of a longer text', () => {
  const at = (text: string, line: number, path = 'sources/a.yaml'): string => {
    return maskedLines(path, text.split('\n'))[line - 1] ?? '';
  };

  it.each([
    ['password: hunter2', 1, 'password: ***'],
    ['a: { password: hunter2, b: 1 }', 1, 'a: { password: ***'],
    ['secret: |\n  hunter2\n\n  hunter3\nb: 1', 1, 'secret: |'],
    ['secret: |-2 # x\n  hunter2', 1, 'secret: |-2 # x'],
    ['secret: |\n  hunter2\n\n  hunter3\nb: 1', 2, '  ***'],
    ['secret: |\n  hunter2\n\n  hunter3\nb: 1', 4, '  ***'],
    ['secret: |\n  hunter2\n\n  hunter3\nb: 1', 5, 'b: 1'],
    ['secret: hunter\n  2', 2, '  ***'],
    ['password: "hunter\n2"\nb: 1', 2, '***'],
    ['password: "hunter\n2"\nb: 1', 3, 'b: 1'],
    ['password: "hunter2"\n  b: 1', 2, '  b: 1'],
    ['password:\n  hunter2', 2, '  ***'],
    ['credentials:\n  user: a\n  list:\n    - b', 4, '    ***'],
    ['a:\n  password: x\n  b:\n    c: 1', 4, '    c: 1'],
    ['# the password: see\n  b: 1', 2, '  b: 1'],
  ])('%j, line %i', (text, line, shown) => {
    expect(at(text, line)).toBe(shown);
  });

  it('is itself in a program', () => {
    expect(at('password = (\n  x)', 2, 'main.py')).toBe('  x)');
  });
});

const SECRET = 'hunter2';

describe('a secret is never shown', () => {
  it.each([
    ['a.yaml', `passwords:\n- ${SECRET}\n- b\nc: 1`],
    ['a.yaml', `a: [{password: x},\n{token: [\n${SECRET}]}]`],
    ['a.yaml', `? password\n: ${SECRET}`],
    ['a.yaml', `"pass\\u0077ord": ${SECRET}`],
    ['a.yaml', `"pass\\u0077ord":\n  - ${SECRET}`],
    ['a.yaml', `tokens: [\n"${SECRET}"\n]`],
    ['a.yaml', `token: &a !!str "abc\n${SECRET}"`],
    ['a.yaml', `token: >-\n  x\n\n  ${SECRET}`],
    ['a.yaml', `credentials:\n  user: "a\n${SECRET}"`],
    ['a.yaml', `credentials:\n  user: {\na: ${SECRET} }`],
    ['a.yaml', `credentials:\n  - "a\n${SECRET}"`],
    ['a.yaml', `- name: password\n  type: text\n  value: ${SECRET}`],
    ['a.yaml', `- value: ${SECRET}\n  name: password`],
    ['a.yaml', `# password: |\n#   ${SECRET}\nb: 1`],
    ['a.yaml', `psk: ${SECRET}`],
    ['a.yaml', `x: {"X-Auth": "Bearer ${SECRET}"}`],
    ['a.json', `{"name": "password", "value": "${SECRET}"}`],
    ['a.json', `{\n"password"\n:\n"${SECRET}"\n}`],
    ['a.json', `{\n"password":\n"${SECRET}",\n"a": 1}`],
    ['a.json', `{"password": {\n"a": {"b": [\n"${SECRET}"]}}}`],
    ['a.json', `{"password": "x", "tokens": [\n"${SECRET}"]}`],
    ['a.toml', `password = """\n${SECRET}\n"""`],
    ['a.toml', `[password]\nvalue = "${SECRET}"`],
    ['a.toml', `tokens = [\n "a",\n "${SECRET}",\n]`],
    ['a.properties', `db.password=\\\n${SECRET}`],
    ['a.properties', `db.password ${SECRET}`],
    ['a.properties', `db.password=a\\\nb\\\n${SECRET}`],
    ['a.ini', `[x]\npw=${SECRET}`],
    ['x.env', `export DB_PASSWORD='a\n${SECRET}'`],
    ['main.py', `run("mysql --password ${SECRET} db")`],
  ])('%s: %j', (path, text) => {
    expect(maskedLines(path, text.split('\n')).join('\n')).not.toContain(SECRET);
  });

  it('shows again what comes behind it', () => {
    const behind: readonly (readonly [string, string])[] = [
      ['a.yaml', 'passwords:\n- x\nb: 1'],
      ['a.yaml', '? password\n: x\nb: 1'],
      ['a.yaml', '- name: password\n  value: x\n- name: other\n  value: b: 1'],
      ['a.yaml', 'credentials:\n  user: {\n a: x }\nb: 1'],
      ['a.yaml', "password: it's\nb: 1"],
      ['a.toml', 'password = """\nx\n"""\nb: 1'],
      ['a.toml', '[password]\nvalue = "x"\n[a]\nb: 1'],
      ['a.json', '{\n "tokens": [\n  "x"\n ],\n "b": 1'],
    ];
    for (const [path, text] of behind) {
      expect(maskedLines(path, text.split('\n')).at(-1), text).toMatch(/b"?: 1$/);
    }
  });

  const KEYS = ['password', 'apiKey', 'db_token', 'saslPassword', 'credentials', 'secret', 'pass'];
  const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => !/pass|pw|key|name|id/.test(one));
  const value = fc.letrec((again) => ({
    any: fc.oneof({ maxDepth: 3 }, again('leaf'), again('list'), again('map')),
    leaf: fc.oneof(
      fc.constant(SECRET),
      fc.constant(`a # b: ${SECRET}`),
      fc.constant(`"'[{${SECRET}`),
    ),
    list: fc.array(again('any'), { minLength: 1, maxLength: 3 }),
    map: fc.dictionary(word, again('any'), { minKeys: 1, maxKeys: 3 }),
  })).any;
  const document = fc.tuple(
    fc.dictionary(word, fc.oneof(fc.integer(), word), { maxKeys: 3 }),
    fc.constantFrom(...KEYS),
    value,
    fc.boolean(),
  );

  it.each([undefined, 1, 2, '\t'])('in JSON with an indent of %j', (indent) => {
    fc.assert(
      fc.property(document, ([rest, key, secret, first]) => {
        const all = first ? { [key]: secret, ...rest } : { ...rest, [key]: secret };
        for (const root of [all, [all], { a: { b: all }, c: 1 }]) {
          const text = JSON.stringify(root, null, indent);
          for (const path of ['a.json', 'a.yaml']) {
            const shown = maskedLines(path, text.split('\n'));
            expect(shown.join('\n')).not.toContain(SECRET);
            expect(shown).toHaveLength(text.split('\n').length);
          }
        }
      }),
      { seed: 20261130, numRuns: 500 },
    );
  });

  it('in YAML as a library writes it', () => {
    fc.assert(
      fc.property(
        document,
        fc.integer({ min: 10, max: 80 }),
        ([rest, key, secret, first], width) => {
          const all = first ? { [key]: secret, ...rest } : { ...rest, [key]: secret };
          for (const root of [all, [all], { a: { b: all }, c: 1 }]) {
            for (const collectionStyle of ['block', 'flow', 'any'] as const) {
              const text = stringify(root, {
                lineWidth: width,
                minContentWidth: 0,
                collectionStyle,
              });
              expect(maskedLines('a.yaml', text.split('\n')).join('\n'), text).not.toContain(
                SECRET,
              );
            }
          }
        },
      ),
      { seed: 20261130, numRuns: 300 },
    );
  });
});
