import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveTo, namedAddress, parseAddress } from '../../../../src/client/http/address.ts';
import { KpluginError } from '../../../../src/model/error.ts';

describe('the address of a host', () => {
  it.each([
    ['edge1', 'http://edge1:9081', '', 'edge1:9081'],
    ['edge1:8080', 'http://edge1:8080', '', 'edge1:8080'],
    [' edge1 ', 'http://edge1:9081', '', 'edge1:9081'],
    ['edge1.example.com', 'http://edge1.example.com:9081', '', 'edge1.example.com:9081'],
    ['192.0.2.7', 'http://192.0.2.7:9081', '', '192.0.2.7:9081'],
    ['http://edge1', 'http://edge1:9081', '', 'edge1:9081'],
    ['http://edge1:80', 'http://edge1:80', '', 'edge1:80'],
    ['HTTP://Edge1:9081/', 'http://edge1:9081', '', 'edge1:9081'],
    ['https://edge1', 'https://edge1:443', '', 'https://edge1:443'],
    ['https://edge1:9081', 'https://edge1:9081', '', 'https://edge1:9081'],
    [
      'https://p.example.com/a/b/',
      'https://p.example.com:443',
      '/a/b',
      'https://p.example.com:443/a/b',
    ],
    ['edge1/base', 'http://edge1:9081', '/base', 'http://edge1:9081/base'],
    ['::1', 'http://[::1]:9081', '', '[::1]:9081'],
    ['[::1]', 'http://[::1]:9081', '', '[::1]:9081'],
    ['[2001:db8::7]:80', 'http://[2001:db8::7]:80', '', '[2001:db8::7]:80'],
    ['2001:db8::7', 'http://[2001:db8::7]:9081', '', '[2001:db8::7]:9081'],
    ['https://[::1]:8443/x', 'https://[::1]:8443', '/x', 'https://[::1]:8443/x'],
  ])('%s', (text, origin, basePath, label) => {
    expect(parseAddress(text)).toMatchObject({ origin, basePath, label });
  });

  it.each([
    ['', 'it is empty'],
    ['   ', 'it is empty'],
    ['ftp://edge1', 'not ftp'],
    ['unix:///tmp/x', 'not unix'],
    ['edge 1', 'a blank'],
    ['edge1:99999', 'not a host name'],
    ['edge1:port', 'not a host name'],
    ['http://', 'not a host name'],
    ['http://edge1/?a=b', '"?" or "#"'],
    ['http://edge1/#top', '"?" or "#"'],
    ['fe80::1%eth0', 'a "%"'],
    ['edge1\\x', 'backslash'],
  ])('refuses %j', (text, why) => {
    expect(() => parseAddress(text)).toThrow(why);
  });

  it.each([
    'http://me:s3cret@edge1',
    'me:s3cret@edge1:9081',
    's3cret@edge1',
    'https://me:s3%40cret@edge1/base',
    'http://me:s3cret/x@edge1',
    'http://me:1/s3cret@edge1',
    'http://s3cret?x@edge1',
    'http://me:s3cret#x@edge1',
    'http://me:s3cret @edge1',
    'http://me:x@s3cret@edge1',
    'ftp://me:s3cret@edge1',
  ])('never repeats a password, wherever it seems to end: %s', (text) => {
    const thrown = failureOf(() => parseAddress(text));
    expect(thrown).toMatchObject({
      code: 'password-in-address',
      exit: 2,
      hint: expect.stringContaining('--token-file'),
    });
    expect(String(thrown) + JSON.stringify(thrown)).not.toMatch(/s3|cret/);
  });

  it('gives an address or a usage error for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        try {
          const { origin, basePath } = parseAddress(text);
          expect(new URL(`${origin}${basePath}/`).protocol).toMatch(/^https?:$/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(KpluginError);
          expect(thrown).toMatchObject({ exit: 2 });
        }
      }),
    );
  });
});

describe('where else a host may be found', () => {
  const typed = parseAddress('edge1');

  it('is a flag for what was typed, and its name for what was added', () => {
    expect(moveTo('https://edge1', typed)).toBe('--host https://edge1');
    expect(moveTo('https://edge1', namedAddress(typed, 'north'))).toBe(
      'kplugin host add north https://edge1 --force\n(with its other settings: kplugin host show north)',
    );
  });
});

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('it was taken');
}
