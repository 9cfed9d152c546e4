import { shellWord } from '../../model/shell-word.ts';
import {
  DEFAULT_PORT,
  type HostAddress,
  isLoopback,
  moveTo,
  moveToIpAddress,
  placeText,
} from './address.ts';
import { OVERHEAD } from './exchange.ts';
import { foreignWords } from './foreign-text.ts';
import { checkPort, HostFailure, type FailureRow as Row } from './host-failure.ts';
import { LateError } from './late.ts';
import { alertNumber, alertRow, opensslReason, TLS_ROWS } from './tls-failure.ts';

const LONGER = 'wait longer: --timeout 5m';

const ROWS: readonly Row[] = [
  {
    codes: ['ECONNREFUSED'],
    kind: 'unreachable',
    message: (host) => `nothing listens on ${placeText(host)}`,
    reason: 'the machine answered that no program has this port open',
    hint: (host) =>
      isLoopback(host)
        ? `start eKuiper, or an embedded host to try things out: ${serveAt(host)}`
        : checkPort(host),
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'],
    kind: 'unreachable',
    message: (host) => `the host name in ${placeText(host)} cannot be resolved`,
    reason: 'no name server knows it, or none could be asked',
    hint: (host) => `check its spelling, or give the IP address: ${moveToIpAddress(host)}`,
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN', 'ENETDOWN'],
    kind: 'unreachable',
    message: (host) => `there is no way to ${placeText(host)} from this machine`,
    reason: 'the network says that the address cannot be reached',
    hint: () => 'check the network, the VPN or the firewall between this machine and the host',
  },
  {
    codes: ['EACCES', 'EPERM'],
    kind: 'unreachable',
    message: (host) => `this machine does not let kplugin connect to ${placeText(host)}`,
    reason: 'the operating system or a local firewall refused the connection',
    hint: () => 'allow outgoing connections to that address',
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    kind: 'unreachable',
    message: (host) => `${placeText(host)} does not answer at all`,
    reason:
      'no connection came about in time; mostly a firewall that drops packets, or a machine that is off',
    hint: checkPort,
  },
  ...TLS_ROWS,
  {
    codes: ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError'],
    kind: 'timeout',
    message: (host) => `${host.label} took the request and did not answer in time`,
    reason: 'while any plugin starts, eKuiper answers nothing else about plugins',
    hint: () => LONGER,
  },
  {
    codes: [
      'UND_ERR_SOCKET',
      'ECONNRESET',
      'EPIPE',
      'ECONNABORTED',
      'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    ],
    kind: 'dropped',
    message: (host) => `${host.label} closed the connection before it had answered`,
    reason: 'eKuiper or something between it and this machine broke off',
    hint: (host) =>
      host.secure
        ? `${checkPort(host)}; if it wants a client certificate: --cert-file client.pem --cert-key-file client.key`
        : checkPort(host),
  },
  {
    codes: ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_HEADERS_OVERFLOW'],
    kind: 'wrong-service',
    message: (host) => `${host.label} answered with more than eKuiper ever does`,
    hint: checkPort,
  },
  {
    codes: [OVERHEAD],
    kind: 'wrong-service',
    message: (host) => `${host.label} answered with more than eKuiper ever does`,
    reason: (thrown) => foreignWords(thrown instanceof Error ? thrown.message : String(thrown)),
    hint: checkPort,
  },
];

/** The command that starts an embedded host on that port. The embedded host has neither TLS nor a path prefix. */
function serveAt({ origin, port, basePath, secure }: HostAddress): string {
  if (secure || basePath !== '' || port === DEFAULT_PORT) return 'kplugin serve';
  const { hostname } = new URL(origin);
  const number = /^[\d.]+$|^\[/.test(hostname) ? hostname : '127.0.0.1';
  return `kplugin serve --listen ${shellWord(`${number}:${port}`)}`;
}

/** Converts an error of undici or Node to a HostFailure; null when it is not a network error. */
export function networkFailure(thrown: unknown, host: HostAddress): HostFailure | null {
  const code = codeOf(thrown);
  if (code === null) return null;
  const row = rowFor(code, host, thrown);
  return new HostFailure({
    kind: row.kind,
    message: row.message(host),
    ...reasonOf(row, thrown),
    hint: row.hint(host),
    cause: thrown,
  });
}

function reasonOf({ reason }: Row, thrown: unknown): { reason?: string } {
  const text = typeof reason === 'function' ? reason(thrown) : reason;
  return text === undefined ? {} : { reason: text };
}

function rowFor(code: string, host: HostAddress, thrown: unknown): Row {
  if (thrown instanceof LateError && thrown.told !== null) return late(code, thrown.told);
  if (code === NOT_HTTP) return notHttp(code, host);
  const alert = alertNumber(thrown);
  if (alert !== null) return alertRow(alert);
  if (thrown instanceof Error && BEFORE_TLS.test(thrown.message)) return noHandshake(code);
  if (code === 'UND_ERR_SOCKET' && isUnasked(thrown)) return unasked(code);
  return ROWS.find((row) => row.codes.includes(code)) ?? unknown(code, thrown);
}

/** The host was heard of, and was too slow. */
function late(code: string, { what, reason }: NonNullable<LateError['told']>): Row {
  const message: Row['message'] = (host) => `${host.label} ${what}`;
  return { codes: [code], kind: 'timeout', message, reason, hint: () => LONGER };
}

/** Unknown network error: the request may have been carried out, so the kind is `dropped`. */
function unknown(code: string, thrown: unknown): Row {
  const words =
    thrown instanceof Error ? (opensslReason(thrown) ?? thrown.message) : String(thrown);
  return {
    codes: [code],
    kind: 'dropped',
    message: (host) => `no answer from ${host.label}: ${foreignWords(words)} (${code})`,
    hint: checkPort,
  };
}

/**
 * Node's message for a connection that was closed during the TLS handshake; its code is the same as for every reset.
 */
const BEFORE_TLS = /before secure TLS connection was established/;

/** The connection was closed during the handshake: nothing of the request was sent. */
function noHandshake(code: string): Row {
  return {
    codes: [code],
    kind: 'unreachable',
    message: (host) => `${placeText(host)} broke off the TLS handshake`,
    reason:
      'it does so without a word when it wants another client certificate, or no TLS of this kind',
    hint: () =>
      'a client certificate that the host accepts: --cert-file client.pem --cert-key-file client.key',
  };
}

/** undici's message for HTTP status 100 and 101, after which it closes the connection itself. */
const UNASKED: ReadonlySet<string> = new Set(['bad response', 'bad upgrade']);

function isUnasked(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (UNASKED.has(error.message)) return true;
  }
  return false;
}

/** The request was sent and an invalid response came back: it may have been carried out. */
function unasked(code: string): Row {
  return {
    codes: [code],
    kind: 'dropped',
    message: (host) => `${host.label} answered as eKuiper never does`,
    reason: 'it sent HTTP status 100 or 101, which kplugin had not asked for',
    hint: checkPort,
  };
}

function notHttp(code: string, host: HostAddress): Row {
  return {
    codes: [code],
    kind: 'wrong-service',
    message: () => `what listens on ${host.label} does not speak HTTP`,
    reason: host.secure
      ? "it is not eKuiper's REST port"
      : "it is not eKuiper's REST port (9081 as shipped; 20498 is for its own command line), or it wants https",
    hint: () =>
      `give the REST port, or try https: ${moveTo(`https://${host.origin.slice('http://'.length)}`, host)}`,
  };
}

/** undici's parser reports no more than that. */
const NOT_HTTP = 'HTTPParserError';

const KNOWN: ReadonlySet<string> = new Set(ROWS.flatMap(({ codes }) => codes));

/** Error codes of network errors: Node's, OpenSSL's, undici's. */
const NETWORK =
  /^(E[A-Z]+|UND_ERR_\w+|ERR_SSL_.+|ERR_TLS_\w+|[A-Z_]{1,64}_CERT\w*|CERT_\w+|UNABLE_\w+)$/;

/** The code of an error or of its cause; null for bugs and for errors about files. */
export function codeOf(thrown: unknown): string | null {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    if (error.name === NOT_HTTP || error.name === 'TimeoutError') return error.name;
    if (!('code' in error) || typeof error.code !== 'string') continue;
    // Errors about files have a path; for TLS errors it is empty.
    const isFile = 'path' in error && typeof error.path === 'string';
    const code = error.code === 'EPROTO' ? sslCode(error) : error.code;
    return (KNOWN.has(code) || NETWORK.test(code)) && !isFile ? code : null;
  }
  return null;
}

/** The code that Node derives from an OpenSSL error, except when it was writing at that moment. */
function sslCode(error: Error): string {
  const reason = opensslReason(error);
  return reason === null ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}
