import { describe, expect, test } from 'vitest';
import { text } from '../../../../src/emulator/http/answer.ts';
import { matchRoute } from '../../../../src/emulator/http/route.ts';

const handler = () => text(200, '');
const ROUTES = [
  { path: '/', methods: { GET: handler } },
  { path: '/plugins', methods: { GET: handler } },
  { path: '/plugins/{name}', methods: { GET: handler } },
  { path: '/plugins/{name}/status', methods: { GET: handler } },
];

describe('paths, as Go reads them', () => {
  test.each([
    ['GET', '/', { name: '' }],
    ['GET', '/plugins?x=1', { name: '' }],
    ['GET', '/plugins/pro%20be', { name: 'pro be' }],
    ['GET', '/plugins/a/status', { name: 'a' }],
    ['GET', '/plugins/status', { name: 'status' }],
    ['POST', '/plugins/a', { status: 405, body: '' }],
    ['GET', '/plugins/', { status: 404, body: '404 page not found\n' }],
    ['GET', '/plugins/a%2Fb', { status: 404 }],
    ['GET', '/plugins/a/b/status', { status: 404 }],
    ['GET', '/plugins/%zz', { status: 404 }],
    ['POST', '/rules', { status: 404, body: expect.stringContaining('need an eKuiper') }],
    ['GET', '/metadata/sources/x', { body: expect.stringContaining('need an eKuiper') }],
    ['GET', '/nothing', { status: 404 }],
    ['GET', '//plugins', { status: 301, headers: { Location: '/plugins' } }],
    [
      'DELETE',
      '/x/%2e%2e/plugins//a?b=1',
      { status: 301, headers: { Location: '/plugins/a?b=1' } },
    ],
    ['GET', '/plugins//', { status: 301, headers: { Location: '/plugins/' } }],
    ['OPTIONS', '/nothing', { status: 200, body: '' }],
  ])('%s %s', (method, url, expected) => {
    expect(matchRoute(ROUTES, method, url)).toMatchObject(expected);
  });
});
