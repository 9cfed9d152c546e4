import { describe, expect, it } from 'vitest';
import { maskedLine } from '../../../../src/package/diff/secrets.ts';

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
    ['README.md', 'see https://example.com/a@b', 'see https://example.com/a@b'],
  ])('%s: %s', (path, line, shown) => {
    expect(maskedLine(path, line)).toBe(shown);
  });

  it('is not kept busy by a long line', () => {
    const hostile = `${'password'.repeat(20_000)}${'a://'.repeat(1000)} ${'x'.repeat(100_000)}`;
    expect(maskedLine('a.yaml', `${hostile} password: geheim`)).not.toContain('geheim');
  });
});
