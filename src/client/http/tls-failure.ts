import { moveTo, placeText } from './address.ts';
import { foreignWords } from './foreign-text.ts';
import { checkTls, type FailureRow } from './host-failure.ts';

/**
 * Parses the message of an OpenSSL error: `write EPROTO C09C…:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert
 * handshake failure:../deps/…:918:SSL alert number 40`. Node derives the error's code from the reason in it, which
 * changes with OpenSSL (`sslv3 alert …` in 3.0, `ssl/tls alert …` in 3.5); when the error occurs in a write, the code
 * is always EPROTO.
 */
const OPENSSL_WORDS = /:error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):/;

const ALERT_NUMBER = /:SSL alert number (\d+)\b/;

/** Problems that this machine finds in a host's TLS. A retry helps with none of them, and nothing was sent. */
export const TLS_ROWS: readonly FailureRow[] = [
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    kind: 'wrong-service',
    message: (host) => `${placeText(host)} does not speak TLS`,
    reason: 'the address says https, and the port answers in the clear',
    hint: (host) =>
      `write http instead: ${moveTo(`${host.origin.replace(/^https/, 'http')}${host.basePath}`, host)}`,
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_SIGNATURE_FAILURE',
      'CERT_UNTRUSTED',
    ],
    kind: 'unreachable',
    message: (host) => `the certificate of ${placeText(host)} is not signed by a trusted CA`,
    reason: 'neither the CA file that was named, nor without one this system, knows who signed it',
    hint: () => 'name the file with the certificate of its CA: --ca-file ca.pem (KPLUGIN_CA_FILE)',
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    kind: 'unreachable',
    message: (host) => `the certificate of ${placeText(host)} is not valid today`,
    reason: "by this machine's clock it has run out, or its time has not come yet",
    hint: () => 'renew it, or set the clock of this machine right',
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    kind: 'unreachable',
    message: (host) => `the certificate of ${placeText(host)} was made for another name`,
    reason: namesOf,
    hint: () => 'use a name that the certificate holds, or have one made for this name',
  },
  {
    // The other certificate errors of Node and OpenSSL.
    codes: [
      'INVALID_PURPOSE',
      'INVALID_CA',
      'PATH_LENGTH_EXCEEDED',
      'CERT_CHAIN_TOO_LONG',
      'CERT_REJECTED',
      'CERT_REVOKED',
      'HOSTNAME_MISMATCH',
      'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
      'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
      'ERROR_IN_CERT_NOT_BEFORE_FIELD',
      'ERROR_IN_CERT_NOT_AFTER_FIELD',
      'UNSPECIFIED',
    ],
    kind: 'unreachable',
    message: (host) => `the certificate of ${placeText(host)} cannot be accepted`,
    reason: (thrown) =>
      thrown instanceof Error
        ? `OpenSSL says: ${foreignWords(thrown.message)}`
        : 'OpenSSL finds something wrong with it',
    hint: (host) =>
      `have a certificate for servers made for it, signed by a CA; see it: ${checkTls(host)}`,
  },
  {
    codes: ['ERR_SSL_UNSUPPORTED_PROTOCOL'],
    kind: 'unreachable',
    message: (host) => `${placeText(host)} offers no TLS version that this machine accepts`,
    reason: 'TLS 1.0 and 1.1 are refused by this machine, as they are no longer safe',
    hint: (host) => `enable TLS 1.2 or 1.3 there; see the handshake: ${checkTls(host)}`,
  },
];

/** Node's error holds the names in the certificate. */
function namesOf(thrown: unknown): string {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    if (!('cert' in error) || typeof error.cert !== 'object' || error.cert === null) continue;
    if (!('subjectaltname' in error.cert)) continue;
    return `it holds ${foreignWords(String(error.cert.subjectaltname))}`;
  }
  return 'the name in the address is none of those in the certificate';
}

/** Alert names of RFC 8446 and RFC 5246. */
const ALERT_NAMES: ReadonlyMap<number, string> = new Map([
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);

/** A row without codes; the alert is added to its reason later. */
interface AlertRow extends Pick<FailureRow, 'kind' | 'message' | 'hint'> {
  readonly reason: string;
}

const OTHER_ALERT: AlertRow = {
  kind: 'dropped',
  message: (host) => `${placeText(host)} ended the TLS connection`,
  reason: '',
  hint: (host) => `look at its log, or at the handshake: ${checkTls(host)}`,
};

const NO_CIPHER = unmatched(
  'accepts no cipher of this machine',
  'the two have none in common that the host finds strong enough',
  'allow the ciphers of TLS 1.2 or 1.3 there',
);

const ALERT_ROWS: ReadonlyMap<number, AlertRow> = new Map([
  [
    40,
    wanted(
      'wants a client certificate, or accepts no cipher of this machine',
      'no certificate that it accepts was sent, or the two have no cipher in common',
    ),
  ],
  // Older Go servers also send it when there was no client certificate.
  [42, refused('the certificate is damaged or not accepted, or none was sent')],
  [43, refused('it is of a kind that the host does not accept, for example made for servers')],
  [44, refused('it was revoked by its CA')],
  [45, refused("it has expired or is not valid yet, by the host's clock")],
  [46, refused('something about it is not acceptable')],
  [48, refused('it is signed by a CA that the host does not know')],
  [49, refused('it is valid, and its owner has no access')],
  [51, refused('its signature, or that of its CA, could not be verified')],
  [
    70,
    unmatched(
      'accepts no TLS version of this machine',
      'the two have none in common',
      'enable TLS 1.2 or 1.3 there',
    ),
  ],
  [71, NO_CIPHER],
  [
    112,
    unmatched(
      'has no certificate for this name',
      'it does not know the name in the address',
      'use a name that is configured there',
    ),
  ],
  [116, wanted('wants a client certificate', 'none was sent')],
]);

/**
 * Explains the TLS alert with which a host closed the connection. Alerts that occur only in a handshake mean that
 * nothing was sent; after any other alert the request may have been carried out.
 */
export function alertRow(alert: number): FailureRow {
  const row = ALERT_ROWS.get(alert) ?? OTHER_ALERT;
  const name = ALERT_NAMES.get(alert);
  const sent = `it sent the TLS alert ${name === undefined ? alert : `${name} (${alert})`}`;
  return { ...row, codes: [], reason: row.reason === '' ? sent : `${sent}: ${row.reason}` };
}

function wanted(message: string, reason: string): AlertRow {
  return {
    kind: 'unreachable',
    message: (host) => `${placeText(host)} ${message}`,
    reason,
    hint: () => 'name one: --cert-file client.pem --cert-key-file client.key',
  };
}

function refused(reason: string): AlertRow {
  return {
    kind: 'unreachable',
    message: (host) => `${placeText(host)} refuses the client certificate`,
    reason,
    hint: () => 'use one that the host accepts: --cert-file client.pem --cert-key-file client.key',
  };
}

function unmatched(message: string, reason: string, hint: string): AlertRow {
  return {
    kind: 'unreachable',
    message: (host) => `${placeText(host)} ${message}`,
    reason,
    hint: (host) => `${hint}; see the handshake: ${checkTls(host)}`,
  };
}

/** The number of the TLS alert that the peer sent (RFC 8446 section 6), or null. */
export function alertNumber(thrown: unknown): number | null {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const number = opensslReason(error) === null ? null : ALERT_NUMBER.exec(error.message);
    if (number !== null) return Number(number[1]);
  }
  return null;
}

/** The reason, `wrong version number`; null when it is not an OpenSSL error. */
export function opensslReason(error: Error): string | null {
  return OPENSSL_WORDS.exec(error.message)?.[1] ?? null;
}
