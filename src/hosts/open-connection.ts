import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, type Log, warnOnce } from '../cli/context.ts';
import { durationFlag } from '../cli/shared-flags.ts';
import { unknownVersion } from '../client/answers.ts';
import { authorizer } from '../client/auth/authorizer.ts';
import { headerReader } from '../client/auth/own-headers.ts';
import type { Clock } from '../client/clock.ts';
import { hostClient } from '../client/connect.ts';
import type { HostClient, HostConnection } from '../client/host-client.ts';
import { type Retry, type RetryOptions, retryingTransport } from '../client/retries.ts';
import { openSession, type Transport } from '../client/transport.ts';
import { durationText } from '../model/duration.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** After this time without a response it is printed what is waited for; longer pauses before a retry too. */
const SILENT_MS = 2000;

const READ_TIMEOUT = 15_000;

/** More than the 60 s in which a plugin must report back by eKuiper's default configuration. */
const WAIT_TIMEOUT = 90_000;

const RETRIES = 3;

/** Settings for requests to hosts. */
export interface Reach {
  /** Milliseconds of `--timeout` for each response; null when it is not given. */
  readonly timeout: number | null;
  /** How often a read or an upload is repeated after a network failure. */
  readonly retries: number;
  /** What is being installed, as shown in suggested commands. */
  readonly source?: string;
  /** Whether the command itself shows that eKuiper's version is unknown. */
  readonly reportsVersion?: true;
}

/** Parses the flags for requests; throws exit 2 for an invalid duration or number. */
export function reachOf(flags: {
  readonly timeout: string | undefined;
  readonly retries: string;
}): Reach {
  return { timeout: timeoutOf(flags.timeout), retries: retriesOf(flags.retries) };
}

/** Milliseconds of `--timeout`, null without it; throws exit 2 when it is not a duration. */
export function timeoutOf(text: string | undefined): number | null {
  return text === undefined ? null : durationFlag(text, '--timeout');
}

/** Parses `--retries`; throws exit 2 when it is not a number. */
function retriesOf(text: string): number {
  if (/^\d{1,2}$/.test(text.trim())) return Number(text);
  throw new KpluginError({
    code: 'bad-number',
    exit: EXIT.usage,
    message: `"${text}" is not a number of retries`,
    hint: 'write --retries 5, or --retries 0 to stop at the first failure',
  });
}

/** What is left out of {@link Reach} has a default: three retries, and a timeout for each kind of request. */
interface ConnectionOptions extends Partial<Reach> {
  /** Aborts every request; default: the command's signal, which Ctrl-C aborts. */
  readonly signal?: AbortSignal;
  /** Milliseconds for an installation when there is no `timeout`. */
  readonly waitTimeout?: number;
}

/** A client for one host; no request is sent before the first call. */
export function openConnection(
  connection: HostConnection,
  context: Context,
  options: ConnectionOptions = {},
): HostClient {
  return clients(connection, context, options)(options.signal ?? context.signal);
}

/** A client that Ctrl-C aborts, and one over the same connections for restoring the host after that. */
interface RecoveredConnection {
  readonly client: HostClient;
  readonly recovery: HostClient;
  /** Not aborted by the first Ctrl-C, so that `recovery` can finish; a second one ends the process. */
  readonly unabortable: AbortSignal;
}

/** Opens both clients for one host; closing one closes both. */
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
  const { address, credentials, headers, tls, proxy, label } = connection;
  const { timeout: limit = null, retries = RETRIES, source = null } = options;
  const session = openSession({
    address,
    connectTimeout: Math.min(10_000, limit ?? 10_000),
    authorize: authorizer(credentials, { now: Date.now, warn: warnOnce(context) }),
    ownHeaders: headerReader(headers, warnOnce(context)),
    tls,
    proxy,
    now: Date.now,
  });
  return (signal) => {
    const { log } = context;
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
      transport: loggedRetries(session.under(signal), label, log, timeouts),
      readTimeout: limit ?? READ_TIMEOUT,
      waitTimeout: limit ?? options.waitTimeout ?? WAIT_TIMEOUT,
      source,
    });
    const patient = clientWithNotice(client, log, () => isTurnedAway);
    return options.reportsVersion ? patient : withVersionWarning(patient, context);
  };
}

/**
 * Wraps a transport with retries. Prints each retry under `--verbose`, and always when it has waited two seconds or
 * more. `onRetry` is called before each retry.
 */
function loggedRetries(
  transport: Transport,
  label: string,
  log: Log,
  options: Omit<RetryOptions, 'onRetry' | 'random'> & { readonly onRetry: () => void },
): Transport {
  return retryingTransport(transport, {
    ...options,
    random: Math.random,
    onRetry: (retry) => {
      options.onRetry();
      const say = retry.waited >= SILENT_MS ? log.info : log.debug;
      say(retryText(label, retry));
    },
  });
}

function retryText(label: string, { message, number, of, pause }: Retry): string {
  const said = message.includes(label) ? message : `${label}: ${message}`;
  return `${said}; trying again in ${durationText(pause)} (${number} of ${of})`;
}

/** Wraps a client: warns once when the version of the host is unknown. */
function withVersionWarning(client: HostClient, context: Context): HostClient {
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
 * Wraps a client: after two seconds without a response it prints once what it waits for. It prints nothing while
 * `wasTurnedAway` returns true (the connection is refused, or a proxy answers for the host), because then the retries
 * print the reason.
 */
export function clientWithNotice(
  client: HostClient,
  log: Log,
  wasTurnedAway: () => boolean,
): HostClient {
  let said = false;
  const patiently = async <T>(work: Promise<T>): Promise<T> => {
    const notice = setTimeout(() => {
      if (said || wasTurnedAway()) return;
      log.info(noticeOf(client.address.label));
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
    plugins: (onInvalid) => patiently(client.plugins(onInvalid)),
    plugin: (name) => patiently(client.plugin(name)),
    status: (name) => patiently(client.status(name)),
    registrations: () => patiently(client.registrations()),
    exported: () => patiently(client.exported()),
    ruleStates: () => patiently(client.ruleStates()),
    ruleStatus: (id) => patiently(client.ruleStatus(id)),
  };
}

function noticeOf(host: string): string {
  return `${host} has not answered yet; eKuiper answers no request about plugins while one starts`;
}

/** The system clock; the signal aborts its pauses. */
export function systemClock(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    pause: (ms) => sleep(ms, undefined, { signal }),
  };
}
