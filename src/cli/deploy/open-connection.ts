import { authorizer } from '../../deploy/auth/authorizer.ts';
import { hostClient } from '../../deploy/client/connect.ts';
import type { HostConnection } from '../../deploy/client/connection.ts';
import type { HostClient } from '../../deploy/client/host-client.ts';
import { openTransport } from '../../deploy/client/transport.ts';
import type { Context } from '../context.ts';
import { warnOnce } from '../hosts/tell-once.ts';
import { patientClient } from './patience.ts';
import { systemClock } from './system-clock.ts';
import { tellingRetries } from './telling-retries.ts';

const READ_TIMEOUT = 15_000;
/** eKuiper itself gives a plugin 60 s to report back, as shipped. */
const WAIT_TIMEOUT = 90_000;
const RETRIES = 3;

export interface ConnectionOptions {
  /** Ends every request; default: the command's own, which Ctrl-C aborts. */
  readonly signal?: AbortSignal;
  /** Milliseconds of `--timeout`, for each answer; null or left out: the defaults. */
  readonly timeout?: number | null;
  /** Milliseconds an installation may take without a `timeout`. */
  readonly waitTimeout?: number;
  /** What is being installed, as commands name it. */
  readonly source?: string | null;
  /** How often a read or an upload that failed on the way is sent again; default 3. */
  readonly retries?: number;
}

/** A client for one host; nothing is sent before its first call. */
export function openConnection(
  connection: HostConnection,
  context: Context,
  options: ConnectionOptions = {},
): HostClient {
  const { address, credentials, tls, proxy } = connection;
  const { signal = context.signal, timeout: limit = null, retries = RETRIES } = options;
  const transport = openTransport({
    address,
    signal,
    connectTimeout: Math.min(10_000, limit ?? 10_000),
    authorize: authorizer(credentials, { now: Date.now, warn: warnOnce(context) }),
    tls,
    proxy,
    now: Date.now,
  });
  const client = hostClient({
    address,
    transport: tellingRetries(transport, connection.label, context.talk, {
      retries,
      clock: systemClock(signal),
    }),
    readTimeout: Math.min(READ_TIMEOUT, limit ?? READ_TIMEOUT),
    waitTimeout: limit ?? options.waitTimeout ?? WAIT_TIMEOUT,
    source: options.source ?? null,
  });
  return patientClient(client, context.talk);
}
