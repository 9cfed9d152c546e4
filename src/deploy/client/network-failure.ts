import type { HostAddress } from '../address.ts';
import { plainLine } from '../text.ts';
import { type FailureKind, HostFailure } from './host-failure.ts';

interface Row {
  /** Node's and undici's error codes. */
  readonly codes: readonly string[];
  readonly kind: FailureKind;
  readonly message: (host: HostAddress) => string;
  readonly reason?: string;
  readonly hint: (host: HostAddress) => string;
}

const checkPort = (host: HostAddress): string =>
  `is eKuiper running there, and is its REST port ${host.port}? try: curl ${host.origin}${host.basePath}/`;

const ROWS: readonly Row[] = [
  {
    codes: ['ECONNREFUSED'],
    kind: 'unreachable',
    message: (host) => `nothing listens on ${host.label}`,
    reason: 'the machine answered that no program has this port open',
    hint: (host) =>
      isLoopback(host)
        ? 'start eKuiper, or an embedded host to try things out: kplugin serve'
        : checkPort(host),
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'],
    kind: 'unreachable',
    message: (host) => `the host name in ${host.label} cannot be resolved`,
    reason: 'no name server knows it, or none could be asked',
    hint: () => 'check its spelling, or give the IP address: --host 192.0.2.1:9081',
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN', 'ENETDOWN'],
    kind: 'unreachable',
    message: (host) => `there is no way to ${host.label} from this machine`,
    reason: 'the network says that the address cannot be reached',
    hint: () => 'check the network, the VPN or the firewall between this machine and the host',
  },
  {
    codes: ['EACCES', 'EPERM'],
    kind: 'unreachable',
    message: (host) => `this machine does not let kplugin connect to ${host.label}`,
    reason: 'the operating system or a local firewall refused the connection',
    hint: () => 'allow outgoing connections to that address',
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    kind: 'unreachable',
    message: (host) => `${host.label} does not answer at all`,
    reason:
      'no connection came about in time; mostly a firewall that drops packets, or a machine that is off',
    hint: checkPort,
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'],
    kind: 'wrong-service',
    message: (host) => `${host.label} does not speak TLS`,
    reason: 'the address says https, and the port answers in the clear',
    hint: (host) =>
      `write http instead: --host ${host.origin.replace(/^https/, 'http')}${host.basePath}`,
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ],
    kind: 'unreachable',
    message: (host) => `the certificate of ${host.label} is signed by nobody this machine trusts`,
    hint: () => 'name the file with its CA certificate: NODE_EXTRA_CA_CERTS=ca.pem kplugin …',
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    kind: 'unreachable',
    message: (host) => `the certificate of ${host.label} is not valid today`,
    hint: () => 'renew it, or set the clock of this machine right',
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    kind: 'unreachable',
    message: (host) => `the certificate of ${host.label} was made for another name`,
    hint: () => 'use the name that the certificate holds',
  },
  {
    codes: ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError'],
    kind: 'timeout',
    message: (host) => `${host.label} took the request and did not answer in time`,
    reason: 'while any plugin starts, eKuiper answers nothing else about plugins',
    hint: () => 'wait longer: --timeout 5m',
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
    hint: checkPort,
  },
  {
    codes: ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_HEADERS_OVERFLOW'],
    kind: 'wrong-service',
    message: (host) => `${host.label} answered with more than eKuiper ever does`,
    hint: checkPort,
  },
];

/** The failure behind an error of undici or Node, or null when it is none of the network's. */
export function networkFailure(thrown: unknown, host: HostAddress): HostFailure | null {
  const code = codeOf(thrown);
  if (code === null) return null;
  const row = rowFor(code, host, thrown);
  return new HostFailure({
    kind: row.kind,
    message: row.message(host),
    ...(row.reason === undefined ? {} : { reason: row.reason }),
    hint: row.hint(host),
    cause: thrown,
  });
}

function rowFor(code: string, host: HostAddress, thrown: unknown): Row {
  if (code === NOT_HTTP) return notHttp(code, host);
  return ROWS.find((row) => row.codes.includes(code)) ?? unknown(code, thrown);
}

/** Neither this machine nor the host said more: it may have been done, so it counts as lost. */
function unknown(code: string, thrown: unknown): Row {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    codes: [code],
    kind: 'dropped',
    message: (host) => `no answer from ${host.label}: ${plainLine(words)} (${code})`,
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
      `give the REST port, or try https: --host https://${host.origin.slice('http://'.length)}`,
  };
}

/** undici's parser says no more than that. */
const NOT_HTTP = 'HTTPParserError';

/** What network errors are called: Node's, OpenSSL's, undici's. */
const NETWORK = /^(E[A-Z]+|UND_ERR_\w+|ERR_(SSL|TLS)_\w+|[A-Z]+_CERT\w*|CERT_\w+|UNABLE_\w+)$/;

/** The code of an error or of what caused it; null for bugs and for files that cannot be read. */
function codeOf(thrown: unknown): string | null {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    if (error.name === NOT_HTTP || error.name === 'TimeoutError') return error.name;
    if (!('code' in error) || typeof error.code !== 'string') continue;
    return NETWORK.test(error.code) && !('path' in error) ? error.code : null;
  }
  return null;
}

function isLoopback(host: HostAddress): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(host.origin);
}
