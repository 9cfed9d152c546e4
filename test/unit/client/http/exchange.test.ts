import { getEventListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { type Bounds, exchange } from '../../../../src/client/http/exchange.ts';
import { LateError } from '../../../../src/client/http/late.ts';

const REQUEST: Dispatcher.DispatchOptions = { origin: 'http://edge1', path: '/', method: 'GET' };

/** Sends one request to a fake of undici, which answers when the test says so. */
function sending(bounds: Partial<Bounds> = {}) {
  const { signal } = new AbortController();
  const handlers: Dispatcher.DispatchHandler[] = [];
  // Of a dispatcher, `exchange` uses this only.
  const fake = {
    dispatch(_options: unknown, handler: Dispatcher.DispatchHandler) {
      handlers.push(handler);
      return true;
    },
  } as unknown as Dispatcher;
  const tooMuch = (): Error => new Error('too much');
  const all = { signal, timeout: 60_000, upload: null, limit: 8, tooMuch, ...bounds };
  const answer = exchange(fake, REQUEST, all);
  answer.catch(() => {});
  const abort = vi.fn();
  // The collector needs no other part of a controller.
  const controller = { abort } as unknown as Dispatcher.DispatchController;
  return { answer, handlers, handler: handlers[0] ?? {}, abort, controller, signal: all.signal };
}

describe('one request and its answer', () => {
  it('is put together from its pieces, whatever came before it', async () => {
    const { answer, handler, controller, signal } = sending();
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 100, {});
    handler.onResponseStart?.(controller, 201, { 'content-type': 'text/plain' });
    const [first, second] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
    handler.onResponseData?.(controller, first);
    handler.onResponseData?.(controller, second);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    handler.onResponseEnd?.(controller, {});
    expect(await answer).toEqual({
      status: 201,
      headers: { 'content-type': 'text/plain' },
      text: 'ä',
    });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is not sent after an interrupt', async () => {
    const { answer, handlers } = sending({ signal: AbortSignal.abort(new Error('Ctrl-C')) });
    await expect(answer).rejects.toThrow('Ctrl-C');
    expect(handlers).toEqual([]);
  });

  it('is abandoned at once while it waits for its connection, and then not sent', async () => {
    const interrupt = new AbortController();
    const { answer, handler, abort, controller } = sending({ signal: interrupt.signal });
    interrupt.abort(new Error('Ctrl-C'));
    await expect(answer).rejects.toThrow('Ctrl-C');
    handler.onRequestStart?.(controller, {});
    expect(abort).toHaveBeenCalledWith(interrupt.signal.reason);
  });

  it('takes no more bytes than it may', async () => {
    const { answer, handler, abort, controller } = sending();
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 200, {});
    handler.onResponseData?.(controller, Buffer.alloc(8));
    expect(abort).not.toHaveBeenCalled();
    handler.onResponseData?.(controller, Buffer.alloc(1));
    await expect(answer).rejects.toThrow('too much');
    // undici is still handing over what it has read: only then it may be broken off.
    expect(abort).not.toHaveBeenCalled();
    handler.onResponseData?.(controller, Buffer.alloc(1));
    handler.onResponseEnd?.(controller, {});
    await new Promise(setImmediate);
    expect(abort).toHaveBeenCalledOnce();
  });

  it('has a limit for the whole of it', async () => {
    vi.useFakeTimers();
    try {
      const { answer, handler, abort, controller, signal } = sending({ timeout: 1000 });
      handler.onRequestStart?.(controller, {});
      vi.advanceTimersByTime(999);
      expect(abort).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(abort).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['nothing came', [], null, null],
    ['an interim answer came', [103], null, null],
    ['a part of the upload was sent', [], { sent: 5, size: 9 }, '5 of 9 bytes'],
    ['all of the upload was sent', [], { sent: 9, size: 9 }, null],
    ['a part of the answer came', [200], { sent: 9, size: 9 }, 'there were 3 bytes of the answer'],
  ])(
    'tells how far it had come when it took too long: %s',
    async (_name, statuses, upload, told) => {
      vi.useFakeTimers();
      try {
        const { answer, handler, controller } = sending({ timeout: 2000, upload });
        handler.onRequestStart?.(controller, {});
        for (const status of statuses) {
          handler.onResponseStart?.(controller, status, {});
          if (status >= 200) handler.onResponseData?.(controller, Buffer.alloc(3));
        }
        vi.advanceTimersByTime(2000);
        const error: unknown = await answer.catch((thrown: unknown) => thrown);
        const reason = error instanceof LateError ? error.told?.reason : undefined;
        if (told === null) expect(reason).toBeUndefined();
        else expect(reason).toMatch(new RegExp(`^after 2 s .*${told}`));
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it('fails with the error of the network', async () => {
    const { answer, handler, controller } = sending();
    handler.onResponseError?.(controller, new Error('ECONNREFUSED'));
    await expect(answer).rejects.toThrow('ECONNREFUSED');
  });
});
