import { describe, expect, it } from 'vitest';
import { shownArguments } from '../../../src/cli/failure-output.ts';

describe('arguments in a bug report', () => {
  it.each<[string, string[], string[]]>([
    ['plain ones', ['install', 'x.zip', '--host', 'edge1:9081', '-q'], []],
    ['files with secrets', ['--token-file', '/home/me/token', '--key-file=edge1.pem'], []],
    ['names with an @', ['user@edge1', '@scope/x'], []],
    ['an address', ['https://edge1/base?x#y'], ['https://edge1/base?***']],
    ['a login', ['http://me:hush@edge1:9081/x'], ['http://***@edge1:9081/x']],
    ['a login with odd characters', ['http://me:hu?s/h@x@edge1'], ['http://***@edge1']],
    ['a login of one word', ['https://hush@edge1/'], ['https://***@edge1/']],
    ['a login without a scheme', ['me:hush@edge1'], ['***@edge1']],
    ['a signed address', ['https://s3/x.zip?sig=hush'], ['https://s3/x.zip?***']],
    ['a value with =', ['--proxy=http://a:hush@p'], ['--proxy=http://***@p']],
    ['a setting', ['--env', 'API_KEY=hush=x'], ['--env', 'API_KEY=***']],
    ['a setting with =', ['--env=API_KEY=hush'], ['--env=API_KEY=***']],
    ['a flag for a secret', ['--token', 'hush', 'x'], ['--token', '***', 'x']],
    ['a flag for a secret with =', ['--client-secret=hush'], ['--client-secret=***']],
    ['a signed token', ['eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln'], ['***']],
    ['control characters', ['a\u001b[31mb\u202e'], ['a\\x1b[31mb\\u202e']],
  ])('%s', (_name, argv, shown) => {
    expect(shownArguments(argv)).toEqual(shown.length === 0 ? argv : shown);
  });
});
