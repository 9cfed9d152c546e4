import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/client/http/address.ts';
import { refusal } from '../../../src/client/refusal.ts';
import { flawsIn } from './messages/hint-commands.ts';

const address = parseAddress('edge1');
const context = { host: 'edge1:9081', plugin: null, source: 'p.zip', version: '' };
const page = (title: string) => `<html><head><title>${title}</title></head><body></body></html>`;

function refused(status: number, text: string, headers: Record<string, string> = {}) {
  return refusal({ status, text, headers }, 'take the upload', address, context);
}

describe('what a proxy says in place of eKuiper', () => {
  it.each([
    [407, '', {}, 'unreachable', 'host-proxy-password'],
    [
      400,
      page('400 No required SSL certificate was sent'),
      {},
      'unreachable',
      'host-proxy-certificate',
    ],
    [400, page('400 The SSL certificate error'), {}, 'unreachable', 'host-proxy-certificate'],
    [413, page('413 Request Entity Too Large'), {}, 'refused', 'host-proxy-too-large'],
    [413, '', {}, 'refused', 'host-proxy-too-large'],
    [502, page('502 Bad Gateway'), {}, 'dropped', 'host-dropped'],
    [502, 'Bad Gateway', {}, 'dropped', 'host-dropped'],
    [503, page('503 Service Temporarily Unavailable'), {}, 'unreachable', 'host-unreachable'],
    [504, page('504 Gateway Time-out'), {}, 'timeout', 'host-timeout'],
    [401, page('401 Authorization Required'), {}, 'wrong-service', 'host-proxy-login'],
    [401, '', { 'www-authenticate': 'Basic' }, 'wrong-service', 'host-proxy-login'],
    [401, '401 Unauthorized', { 'content-type': 'text/html' }, 'wrong-service', 'host-proxy-login'],
    [401, '401 Unauthorized', {}, 'wrong-service', 'host-proxy-login'],
    [
      401,
      '{"message":"missing token"}',
      { 'content-type': 'application/json' },
      'wrong-service',
      'host-proxy-login',
    ],
    [403, page('403 Forbidden'), {}, 'wrong-service', 'host-proxy-forbids'],
    [500, page('Oops'), {}, 'wrong-service', 'host-wrong-service'],
    [401, 'missing_token', {}, 'refused', 'host-refused-token-missing'],
    [404, '404 page not found\n', {}, 'refused', 'host-refused-no-such-path'],
  ])('%i %s', (status, text, headers, kind, code) => {
    const failure = refused(status, text, headers);
    expect(failure).toMatchObject({ kind, code, status });
    expect(flawsIn(failure.hint)).toEqual([]);
  });

  it('keeps what the proxy says', () => {
    expect(refused(413, page('413 Request Entity Too Large')).words).toBe(
      '413 Request Entity Too Large',
    );
  });
});

describe('a message that nobody knows', () => {
  it('is shown as it is, with the place of the log', () => {
    const failure = refused(400, '{"error":1000,"message":"the flux capacitor is empty"}');
    expect(failure.message).toBe(
      'edge1:9081 refused to take the upload: the flux capacitor is empty',
    );
    expect(failure.hint).toContain('log/');
    expect(failure.code).toBe('host-refused');
  });
});
