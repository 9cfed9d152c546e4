import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PluginHost } from '../../../../src/emulator/host/host.ts';
import type { RunningServer } from '../../../../src/emulator/server.ts';
import { openServer } from '../open-server.ts';

const LONG = 'x'.repeat(260);
const json = (body: object): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

function form(name: string): RequestInit {
  const body = `--X\r\nContent-Disposition: form-data; name="uploadFile"; filename="${name}"\r\n\r\nDATA\r\n--X--\r\n`;
  return { method: 'POST', body, headers: { 'Content-Type': 'multipart/form-data; boundary=X' } };
}

const upload = '/config/uploads';
const plugins = '/plugins/portables';

/** What real 2.4.0 and 1.14.7 answered; `$UP` is the folder of the uploads. */
type Row = readonly [url: string, init: RequestInit, status: number, words: string];

const EVERYWHERE: readonly Row[] = [
  [
    plugins,
    json({ name: 'a', file: 'FILE:///no/x.zip' }),
    400,
    'portable plugin create command error: fail to download file FILE:///no/x.zip: stat /no/x.zip: no such file or directory',
  ],
  [
    plugins,
    json({ name: 'a', file: 'file:/no/x.zip' }),
    400,
    'portable plugin create command error: fail to download file file:/no/x.zip: stat /no/x.zip: no such file or directory',
  ],
  [
    plugins,
    json({ name: 'a', file: 'file:x.zip' }),
    400,
    'portable plugin create command error: invalid uri file:x.zip',
  ],
  [
    `${plugins}/%20`,
    { method: 'DELETE' },
    400,
    'delete portable plugin   error: portable plugin   is not found',
  ],
  ['/plugins/functions', {}, 200, '[]'],
  ['/plugins/udfs/x', {}, 404, 'describe function x error: not found'],
  ['/plugins/sinks/x', {}, 404, 'describe sinks plugin x error: not found'],
  [upload, form('sub\\zz.zip'), 201, '$UP/sub\\zz.zip'],
  [upload, form('../up.zip'), 201, '$UP/up.zip'],
  [
    upload,
    json({ name: 'c', file: 'file:///no/x' }),
    400,
    'Upload error: getFile has error: stat /no/x: no such file or directory',
  ],
];

const ANSWERS: Readonly<Record<'2.4' | '1.14', readonly Row[]>> = {
  '2.4': [
    ...EVERYWHERE,
    [
      upload,
      json({ name: '/abs.zip', content: 'x' }),
      400,
      'Upload error: getFile has error: openat /abs.zip: path escapes from parent',
    ],
    [
      upload,
      json({ name: '../up.zip', content: 'x' }),
      400,
      'Upload error: getFile has error: mkdirat ..: path escapes from parent',
    ],
    [
      upload,
      json({ name: '.', content: 'x' }),
      400,
      'Upload error: getFile has error: openat .: is a directory',
    ],
    [
      upload,
      json({ name: '..', content: 'x' }),
      400,
      'Upload error: getFile has error: openat ..: path escapes from parent',
    ],
    [
      upload,
      json({ name: LONG, content: 'x' }),
      400,
      `Upload error: getFile has error: openat ${LONG}: file name too long`,
    ],
    [upload, form('.'), 400, 'Error saving the file: openat .: is a directory'],
    [upload, form('..'), 400, 'Error saving the file: openat ..: path escapes from parent'],
  ],
  '1.14': [
    ...EVERYWHERE,
    [upload, json({ name: '/abs.zip', content: 'x' }), 201, '$UP/abs.zip'],
    [
      upload,
      json({ name: 'no/x.zip', content: 'x' }),
      400,
      'Upload error: getFile has error: open $UP/no/x.zip: no such file or directory',
    ],
    [
      upload,
      json({ name: '.', content: 'x' }),
      400,
      'Upload error: getFile has error: open $UP: is a directory',
    ],
    [upload, form('.'), 400, 'Error creating the file: open $UP: is a directory'],
  ],
};

describe.each(['2.4', '1.14'] as const)('names and addresses at the edges, on %s', (target) => {
  let root = '';
  let host: PluginHost;
  let server: RunningServer;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'kplugin-edges-'));
    ({ host, server } = await openServer(root, target));
  });

  afterAll(async () => {
    await server.close();
    await host.close();
    await rm(root, { recursive: true, force: true });
  });

  test.each(ANSWERS[target])('%s %j: %i', async (url, init, status, words) => {
    const response = await fetch(`${server.url}${url}`, init);
    const text = await response.text();
    const said = status < 400 ? text : JSON.parse(text).message;
    expect([response.status, said]).toEqual([
      status,
      words.replace('$UP', path.join(root, 'data/uploads')),
    ]);
  });
});
