import { describe, expect, it, test } from 'vitest';
import { namedAddress, parseAddress } from '../../../src/client/http/address.ts';
import { networkFailure } from '../../../src/client/http/network-failure.ts';
import { translate } from '../../../src/client/messages/translate.ts';
import { page, refusal } from '../../../src/client/refusal.ts';

const failed = (code: string, address: string, name: string | null): string => {
  const typed = parseAddress(address);
  const host = name === null ? typed : namedAddress(typed, name);
  return networkFailure(Object.assign(new Error(code), { code }), host)?.hint ?? '';
};

const KEPT = '(with its other settings: kplugin host show edge1)';

describe('the command for a host at a wrong place has its own name and port', () => {
  test.each([
    ['ENOTFOUND', 'box', null, '--host 192.0.2.1:9081'],
    ['ENOTFOUND', 'box:9999', 'edge1', `kplugin host add edge1 192.0.2.1:9999 --force\n${KEPT}`],
    [
      'EAI_AGAIN',
      'https://box/api',
      'edge1',
      `kplugin host add edge1 https://192.0.2.1:443/api --force\n${KEPT}`,
    ],
    ['ECONNREFUSED', '127.0.0.1', 'edge1', 'to try things out: kplugin serve'],
    ['ECONNREFUSED', 'localhost:9999', 'edge1', 'kplugin serve --listen 127.0.0.1:9999'],
    ['ECONNREFUSED', '[::1]:9999', null, "kplugin serve --listen '[::1]:9999'"],
    ['ECONNREFUSED', 'https://localhost:9999', null, 'to try things out: kplugin serve'],
  ])('%s at %s, named %s', (code, address, name, hint) => {
    expect(failed(code, address, name).slice(-hint.length)).toBe(hint);
  });

  it('also where a web page answers, and where a token is wanted', () => {
    const address = namedAddress(parseAddress('box:9999'), 'edge1');
    expect(page(address, 200, '').hint).toContain(
      'kplugin host add edge1 http://proxy/path/to/ekuiper --force',
    );
    const context = { host: 'edge1', plugin: null, source: null, version: '' };
    const answer = { status: 401, headers: {}, text: 'missing_token' };
    expect(refusal(answer, 'list', address, context).hint).toContain(
      'kplugin host add edge1 http://box:9999 --force --key-file <private key>',
    );
  });
});

test('a socket that belongs to another: that one is named, after a look at who uses it', () => {
  const says =
    "can't create new control channel: can't listen on rep socket: listen unix /tmp/plugin_mirror.ipc: bind: permission denied";
  const context = { host: 'edge1', plugin: null, source: null, version: '' };
  expect(translate(says, context)?.next).toBe(
    'on that machine, who uses it: sudo ss -xlp | grep -F /tmp/plugin_mirror.ipc\nwhere that shows nothing: sudo rm /tmp/plugin_mirror.ipc',
  );
});
