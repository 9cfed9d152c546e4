import type { Context, Talk } from '../cli/context.ts';
import { authorizer } from '../client/auth/authorizer.ts';
import { hostClient } from '../client/connect.ts';
import type { HostConnection } from '../client/connection.ts';
import type { HostClient } from '../client/host-client.ts';
import { unknownVersion } from '../client/known-version.ts';
import { openWay } from '../client/transport.ts';
import { systemClock } from './system-clock.ts';
import { warnOnce } from './tell-once.ts';
import { tellingRetries } from './telling-retries.ts';

const SILENT_MS = 2000;

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
  /** The command itself shows a version that is not known. */
  readonly reportsVersion?: true;
  /** How often a read or an upload that failed on the way is sent again; default 3. */
  readonly retries?: number;
}

/** A client for one host; nothing is sent before its first call. */
export function openConnection(
  connection: HostConnection,
  context: Context,
  options: ConnectionOptions = {},
): HostClient {
  return clients(connection, context, options)(options.signal ?? context.signal);
}

/** A client for what an operator may stop, and one over the same connections for what restores things then. */
export interface RecoveredConnection {
  readonly client: HostClient;
  readonly recovery: HostClient;
  /** Never aborted: `recovery` goes on after Ctrl-C; a second one ends the process. */
  readonly unabortable: AbortSignal;
}

/** Both clients for one host; closing one of them closes both. */
export function openRecovered(
  connection: HostConnection,
  context: Context,
  options: ConnectionOptions = {},
): RecoveredConnection {
  const { signal: unabortable } = new AbortController();
  const client = clients(connection, context, options);
  return {
    client: client(options.signal ?? context.signal),
    recovery: client(unabortable),
    unabortable,
  };
}

function clients(
  connection: HostConnection,
  context: Context,
  options: ConnectionOptions,
): (signal: AbortSignal) => HostClient {
  const { address, credentials, tls, proxy, label } = connection;
  const { timeout: limit = null, retries = RETRIES, source = null } = options;
  const way = openWay({
    address,
    connectTimeout: Math.min(10_000, limit ?? 10_000),
    authorize: authorizer(credentials, { now: Date.now, warn: warnOnce(context) }),
    tls,
    proxy,
    now: Date.now,
  });
  return (signal) => {
    const { talk } = context;
    let isTurnedAway = false;
    const timeouts = {
      retries,
      clock: systemClock(signal),
      onRetry: () => {
        isTurnedAway = true;
      },
    };
    const client = hostClient({
      address,
      transport: tellingRetries(way.under(signal), label, talk, timeouts),
      readTimeout: Math.min(READ_TIMEOUT, limit ?? READ_TIMEOUT),
      waitTimeout: limit ?? options.waitTimeout ?? WAIT_TIMEOUT,
      source,
    });
    const patient = patientClient(client, talk, () => isTurnedAway);
    return options.reportsVersion ? patient : versionTold(patient, context);
  };
}

/** The same client, which says once that its host is of a version that is not known. */
function versionTold(client: HostClient, context: Context): HostClient {
  return {
    ...client,
    info: async () => {
      const info = await client.info();
      const words = unknownVersion(info.version);
      if (words !== null) warnOnce(context)(`${client.address.label}: ${words}`);
      return info;
    },
  };
}

/**
 * The same client, which says for what it waits once a question takes more than two seconds; it says so once. Nothing
 * is said where `wasTurnedAway`: a connection that is refused, or a proxy that answers for the host, is no host that is
 * silent, and why a request is sent again is said by the retries.
 */
export function patientClient(
  client: HostClient,
  talk: Talk,
  wasTurnedAway: () => boolean,
): HostClient {
  let said = false;
  const patiently = async <T>(work: Promise<T>): Promise<T> => {
    const notice = setTimeout(() => {
      if (said || wasTurnedAway()) return;
      talk.say(noticeOf(client.address.label));
      said = true;
    }, SILENT_MS);
    try {
      return await work;
    } finally {
      clearTimeout(notice);
    }
  };
  return {
    ...client,
    info: () => patiently(client.info()),
    plugins: (onOdd) => patiently(client.plugins(onOdd)),
    plugin: (name) => patiently(client.plugin(name)),
    status: (name) => patiently(client.status(name)),
    registrations: () => patiently(client.registrations()),
    exported: () => patiently(client.exported()),
    ruleStates: () => patiently(client.ruleStates()),
    ruleStatus: (id) => patiently(client.ruleStatus(id)),
  };
}

function noticeOf(host: string): string {
  return `${host} has not answered yet; while a plugin starts, eKuiper says nothing about any`;
}
