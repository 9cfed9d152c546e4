import { describe, expect, it, vi } from 'vitest';
import { clientWithNotice } from '../../../src/hosts/open-connection.ts';
import { fakeContext } from '../cli/fake-context.ts';
import { FakeHost } from '../deploy/change/fake-host.ts';

describe('a host that lets one wait', () => {
  it('is mentioned once', async () => {
    vi.useFakeTimers();
    try {
      const { context, lines } = fakeContext(null);
      const host = new FakeHost('2.4.0');
      host.plugins = () => new Promise((resolve) => setTimeout(() => resolve([]), 5000));
      const client = clientWithNotice(host, context.log, () => false);
      const first = client.plugins();
      await vi.advanceTimersByTimeAsync(1999);
      expect(lines).toEqual([]);
      await vi.advanceTimersByTimeAsync(3001);
      expect(await first).toEqual([]);
      const second = client.plugins();
      await vi.advanceTimersByTimeAsync(5000);
      await second;
      expect(lines).toEqual([
        'info: edge1:9081 has not answered yet; eKuiper answers no request about plugins while one starts',
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not called silent once a request was turned away', async () => {
    vi.useFakeTimers();
    try {
      const { context, lines } = fakeContext(null);
      const host = new FakeHost('2.4.0');
      host.plugins = () => new Promise((resolve) => setTimeout(() => resolve([]), 5000));
      let isTurnedAway = false;
      const client = clientWithNotice(host, context.log, () => isTurnedAway);
      const plugins = client.plugins();
      await vi.advanceTimersByTimeAsync(500);
      isTurnedAway = true;
      await vi.advanceTimersByTimeAsync(4500);
      expect(await plugins).toEqual([]);
      expect(lines).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
