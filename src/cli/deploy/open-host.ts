import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress } from '../../deploy/address.ts';
import { hostClient } from '../../deploy/client/connect.ts';
import type { HostClient } from '../../deploy/client/host-client.ts';
import { openTransport } from '../../deploy/client/transport.ts';
import type { Clock } from '../../deploy/clock.ts';
import { parseDuration } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { FlagValues } from '../command.ts';
import type { Context } from '../context.ts';
import type { HOST_FLAGS } from '../host-flags.ts';
import { patientClient } from './patience.ts';

const READ_TIMEOUT = 15_000;
/** eKuiper itself gives a plugin 60 s to report back, as shipped. */
const WAIT_TIMEOUT = 90_000;

export interface OpenHostOptions {
  /** What is being installed, as commands name it. */
  readonly source?: string;
  /** Milliseconds an installation may take when `--timeout` says nothing. */
  readonly waitTimeout?: number;
  /** What ends its requests; left out: the interrupt. */
  readonly signal?: AbortSignal;
}

/** A client for the host that the flags name. Throws exit 2 when they name none, or a bad one. */
export function openHost(
  flags: FlagValues<typeof HOST_FLAGS>,
  context: Context,
  options: OpenHostOptions = {},
): HostClient {
  const address = parseAddress(hostOf(flags.host));
  const limit = timeoutOf(flags.timeout);
  const client = hostClient({
    address,
    transport: openTransport({
      address,
      signal: options.signal ?? context.signal,
      connectTimeout: Math.min(10_000, limit ?? 10_000),
    }),
    readTimeout: Math.min(READ_TIMEOUT, limit ?? READ_TIMEOUT),
    waitTimeout: limit ?? options.waitTimeout ?? WAIT_TIMEOUT,
    source: options.source ?? null,
  });
  return patientClient(client, context.talk);
}

/** The machine's clock; waiting ends with the interrupt. */
export function systemClock(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    pause: (ms) => sleep(ms, undefined, { signal }),
  };
}

/** Milliseconds of `--timeout`, null without it; throws exit 2 when it is no duration. */
export function timeoutOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new KpluginError({
    code: 'bad-duration',
    exit: EXIT.usage,
    message: `"${text}" is not a duration`,
    hint: 'write --timeout 90s, 5m or 1m30s',
  });
}

function hostOf(host: string | undefined): string {
  if (host !== undefined) return host;
  throw new KpluginError({
    code: 'missing-host',
    exit: EXIT.usage,
    message: 'no host is named',
    reason: 'kplugin never guesses which eKuiper is meant',
    hint: 'add --host edge1:9081, or set KPLUGIN_HOST=edge1:9081; kplugin serve gives one to try things out',
  });
}
