import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../../src/client/http/host-failure.ts';
import { type Retry, retryingTransport } from '../../../src/client/retries.ts';
import type { HostAnswer, HostRequest } from '../../../src/client/transport.ts';
import { fakeClock } from '../deploy/change/fake-host.ts';

const READ: HostRequest = { method: 'GET', path: '/', timeout: 15_000, limit: 1 };
const BODY = { type: 'multipart/form-data', length: 1, chunks: async function* () {} };
const UPLOAD: HostRequest = {
  method: 'POST',
  path: '/config/uploads',
  body: BODY,
  timeout: 90_000,
  limit: 1,
};

type Happening = number | HostFailure;

/** Sends one request to a host that answers with these statuses and failures, one by one. */
async function sending(
  request: HostRequest,
  happenings: readonly Happening[],
  { retries = 3, random = 0.5, each = 0 } = {},
) {
  const clock = fakeClock();
  const told: Retry[] = [];
  const timeouts: number[] = [];
  const transport = retryingTransport(
    {
      async send({ timeout }): Promise<HostAnswer> {
        const now = happenings[timeouts.length] ?? 200;
        timeouts.push(timeout);
        await clock.pause(each);
        if (now instanceof HostFailure) throw now;
        return { status: now, headers: {}, text: '' };
      },
      close: async () => {},
    },
    { retries, clock, random: () => random, onRetry: (retry) => told.push(retry) },
  );
  const result = await transport.send(request).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
  return { result, sent: timeouts.length, timeouts, pauses: told.map(({ pause }) => pause), told };
}

function failed(kind: HostFailure['kind'], code = 'NONE'): HostFailure {
  const cause = Object.assign(new Error(code), { code });
  return new HostFailure({ kind, message: `it is ${kind}`, hint: 'hint', cause });
}

describe('what is sent again', () => {
  const down = failed('unreachable', 'ECONNREFUSED');

  it.each([
    ['nothing listens (a host that starts)', READ, down],
    ['the connection drops', READ, failed('dropped', 'ECONNRESET')],
    ['a proxy whose host is away', READ, 502],
    ['a host that is busy', READ, 503],
    ['a proxy that waited in vain', READ, 504],
    ['an upload that broke off', UPLOAD, failed('dropped', 'EPIPE')],
    ['an upload that got stuck', UPLOAD, failed('timeout', 'UND_ERR_BODY_TIMEOUT')],
    ['a small file', { ...UPLOAD, body: undefined, json: {} }, down],
  ] as const)('%s', async (_name, request, happening) => {
    expect(await sending(request as HostRequest, [happening, happening])).toMatchObject({
      result: 200,
      sent: 3,
      pauses: [500, 1000],
    });
  });

  it.each([
    ['a refusal', READ, 400],
    ['an error of the host', READ, 500],
    ['a name that nobody knows', READ, failed('unreachable', 'ENOTFOUND')],
    ['a certificate that nobody trusts', READ, failed('unreachable', 'CERT_HAS_EXPIRED')],
    ['what is not eKuiper', READ, failed('wrong-service')],
    ['registering', { ...READ, method: 'POST', path: '/plugins/portables' }, down],
    ['updating', { ...READ, method: 'PUT', path: '/plugins/portables/p' }, down],
    ['removing', { ...READ, method: 'DELETE', path: '/plugins/portables/p' }, 503],
    ['removing an upload', { ...READ, method: 'DELETE', path: '/config/uploads/x' }, down],
    ['restarting a rule', { ...READ, method: 'POST', path: '/rules/r/restart' }, down],
    ['settings', { ...READ, method: 'PUT', path: '/metadata/sources/s/confKeys/g' }, down],
  ] as const)('never: %s', async (_name, request, happening) => {
    const { result, sent } = await sending(request as HostRequest, [happening]);
    expect({ result, sent }).toEqual({ result: happening, sent: 1 });
  });

  it('three times, then the last failure is the answer', async () => {
    const { result, sent, pauses } = await sending(READ, [down, 503, 502, down, 200]);
    expect({ result, sent, pauses }).toEqual({ result: down, sent: 4, pauses: [500, 1000, 2000] });
    expect(await sending(READ, [503, 503], { retries: 1 })).toMatchObject({ result: 503, sent: 2 });
    expect(await sending(READ, [down], { retries: 0 })).toMatchObject({ result: down, sent: 1 });
  });

  it('after pauses that differ by a fifth up or down', async () => {
    expect((await sending(READ, [down], { random: 0 })).pauses).toEqual([400]);
    expect((await sending(READ, [down], { random: 1 })).pauses).toEqual([600]);
  });

  it('within the limit of a read: all attempts together', async () => {
    const slow = await sending(READ, [down, down, down], { each: 7000 });
    expect(slow).toMatchObject({ result: down, sent: 2, timeouts: [15_000, 7500] });
    const late = failed('timeout', 'TimeoutError');
    expect(await sending(READ, [late], { each: 15_000 })).toMatchObject({ result: late, sent: 1 });
  });

  it('an upload not after the time that one of its length may take', async () => {
    const late = failed('timeout', 'TimeoutError');
    const long = { ...UPLOAD, body: { ...BODY, length: 80_000 } };
    expect(await sending(long, [late], { each: 99_000 })).toMatchObject({ result: 200, sent: 2 });
    expect(await sending(long, [late], { each: 100_000 })).toMatchObject({ result: late, sent: 1 });
  });

  it('and it is told why, and how long it has taken', async () => {
    const { told } = await sending(READ, [503, down, down]);
    expect(told).toEqual([
      { message: 'it answered with status 503', number: 1, of: 3, pause: 500, waited: 500 },
      { message: 'it is unreachable', number: 2, of: 3, pause: 1000, waited: 1500 },
      { message: 'it is unreachable', number: 3, of: 3, pause: 2000, waited: 3500 },
    ]);
  });
});
