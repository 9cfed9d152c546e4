import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { listenOn } from '../../../../src/emulator/http/listening.ts';
import { closing } from '../../../wire/sockets.ts';

it('clients that cannot be accepted end nothing: the others are answered', async () => {
  const server = createServer((_request, response) => response.end('hello'));
  const { url, close } = await listenOn(server, { address: '127.0.0.1', port: 0 }, '--listen');
  closing({ close });
  // As Node reports each of them.
  for (let times = 0; times < 3; times += 1) server.emit('error', new Error('accept EMFILE'));
  expect(await (await fetch(url)).text()).toBe('hello');
});
