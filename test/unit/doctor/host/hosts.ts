import type { PluginStatus } from '../../../../src/client/answers.ts';
import type { HostFailure } from '../../../../src/client/http/host-failure.ts';
import { examineHost } from '../../../../src/doctor/examine.ts';
import type { Remark } from '../../../../src/doctor/host/doctor-check.ts';
import { type HostSettings, hostFacts } from '../../../../src/doctor/host/host-facts.ts';
import { FakeHost, fakeClock } from '../../deploy/change/fake-host.ts';

/** A fake host whose plugins, uploads, clock and door are what a test says. */
export class IllHost extends FakeHost {
  readonly health = new Map<string, Partial<PluginStatus>>();
  stored: string[] = [];
  time = NOW;
  door: HostFailure | null = null;
  /** What a registration is answered with. */
  words: HostFailure | null = null;

  override async plugins() {
    if (this.door !== null) throw this.door;
    return super.plugins();
  }
  override async status(name: string): Promise<PluginStatus> {
    return { state: 'running', error: '', refCount: new Map(), ...this.health.get(name) };
  }
  override async uploads() {
    return this.stored;
  }
  override hostTime() {
    return this.time;
  }
  override async create() {
    if (this.words !== null) throw this.words;
  }
}

/** This machine's clock in these tests. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Everything the doctor has to say about a fake host; nothing is waited for. */
export function examined(
  host: IllHost,
  settings: Partial<HostSettings> = {},
): Promise<readonly Remark[]> {
  const facts = hostFacts({
    client: host,
    write: false,
    now: () => NOW,
    clock: fakeClock(),
    hasToken: false,
    signs: false,
    probe: async () => ({ status: 200, words: '' }),
    ...settings,
  });
  return examineHost(facts, 60_000, {
    signal: new AbortController().signal,
    waiting: () => {},
    pause: (_ms, over) => new Promise((resolve) => over.addEventListener('abort', () => resolve())),
  });
}
