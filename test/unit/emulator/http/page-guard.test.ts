import { describe, expect, it } from 'vitest';
import { nameIn, refusePages } from '../../../../src/emulator/http/page-guard.ts';

const NAMES = new Set(['edge1', 'edge1.example.com']);

const asked = (headers: Record<string, string>): number =>
  refusePages({ headers }, NAMES)?.status ?? 200;

describe('by which name it is asked', () => {
  it.each([
    '127.0.0.1:9081',
    '192.168.1.7',
    '[::1]:9081',
    '[fe80::1]',
    'localhost',
    'LOCALHOST.:9081',
    'edge1:9081',
    'Edge1.Example.com.',
  ])('%s is one of its own', (host) => {
    expect(asked({ host })).toBe(200);
    expect(asked({ host, origin: `http://${host.toLowerCase()}` })).toBe(200);
  });

  it.each([
    'example.org',
    'example.org:9081',
    'edge1.example.org',
    'localhost.example.org',
    '127.0.0.1.example.org',
    'edge2',
    '[example.org]',
    '[::1]x:9081',
    '127.0.0.1:9081@example.org',
    'edge1, example.org',
    ':9081',
    '',
    'ѕdge1',
  ])('%s is not', (host) => {
    expect(asked({ host })).toBe(403);
    expect(asked({ host, origin: `http://${host}` })).toBe(403);
  });

  it('none at all is an old client, never a browser', () => {
    expect(asked({})).toBe(200);
  });

  it('says what to do', () => {
    expect(refusePages({ headers: { host: 'kplugin' } }, NAMES)?.body).toContain('--allow-host');
  });
});

describe('whose page asks', () => {
  const host = 'localhost:9081';
  it.each<[number, Record<string, string>]>([
    [403, { origin: 'https://example.org' }],
    [403, { origin: 'http://localhost:3000' }],
    [403, { origin: 'https://localhost:9081' }],
    [403, { origin: 'ws://localhost:9081' }],
    [403, { origin: 'null' }],
    [403, { origin: '' }],
    [403, { 'sec-fetch-site': 'cross-site' }],
    [403, { 'sec-fetch-site': 'same-site' }],
    [200, { 'sec-fetch-site': 'none' }],
    [200, { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:9081' }],
  ])('%i: %j', (status, headers) => {
    expect(asked({ host, ...headers })).toBe(status);
  });
});

it.each([
  ['A.B.:1', 'a.b'],
  ['[::1]', '::1'],
  ['::1', null],
  ['a b', null],
  ['a:b', null],
])('the name in %j is %j', (host, name) => {
  expect(nameIn(host)).toBe(name);
});
