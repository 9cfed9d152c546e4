import { describe, expect, it } from 'vitest';
import { masked, maskedLine, maskedLineAt } from '../../../../src/model/secrets/shown-settings.ts';

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
    ['main.py', 'connect("Server=h;Password=zz9")', 'connect("Server=h;Password=***")'],
    ['a.yaml', '  url: mqtt://u:p@ss@h', '  url: mqtt://***@h'],
    ['README.md', 'see https://example.com/a@b', 'see https://example.com/a@b'],
  ])('%s: %s', (path, line, shown) => {
    expect(maskedLine(path, line)).toBe(shown);
  });

  it('is not kept busy by a long line', () => {
    const hostile = `${'password'.repeat(20_000)}${'a://'.repeat(1000)} ${'x'.repeat(100_000)}`;
    expect(maskedLine('a.yaml', `${hostile} password: geheim`)).not.toContain('geheim');
  });
});

describe('values under keys of secrets', () => {
  it.each([
    [{ connectionString: 'Server=h;Password=zz9' }, { connectionString: '***' }],
    [
      { pwd: 1, interval: 2 },
      { pwd: '***', interval: 2 },
    ],
    [{ dsn: 'user:pa55@tcp(h)/db' }, { dsn: '***' }],
    [{ db: ['Server=h;Pwd=zz9', 'mqtt://u:p@h'] }, { db: ['Server=h;Pwd=***', 'mqtt://***@h'] }],
  ])('%j', (value, shown) => {
    expect(masked(value)).toEqual(shown);
  });
});

describe('a line that is shown by itself', () => {
  const at = (text: string, line: number, path = 'sources/a.yaml'): string => {
    const lines = text.split('\n');
    return maskedLineAt(path, (number) => lines[number - 1] ?? '', line);
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
