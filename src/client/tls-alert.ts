import { placeText } from './address.ts';
import { checkTls, type FailureRow } from './failure-row.ts';

/** A row without the codes that lead to it, and without the alert itself in its reason. */
interface AlertRow extends Pick<FailureRow, 'kind' | 'message' | 'hint'> {
  readonly reason: string;
}

/**
 * What the alert means with which a host ended the TLS connection. Alerts that only a handshake can bring mean that
 * nothing was done; after any other one the request may have been.
 */
export function alertRow(alert: number): FailureRow {
  const row = ROWS.get(alert) ?? OTHER;
  const name = NAMES.get(alert);
  const sent = `it sent the TLS alert ${name === undefined ? alert : `${name} (${alert})`}`;
  return { ...row, codes: [], reason: row.reason === '' ? sent : `${sent}: ${row.reason}` };
}

const OTHER: AlertRow = {
  kind: 'dropped',
  message: (host) => `${placeText(host)} ended the TLS connection`,
  reason: '',
  hint: (host) => `look at its log, or at the handshake: ${checkTls(host)}`,
};

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

const NO_CIPHER = unmatched(
  'accepts no cipher of this machine',
  'the two have none in common that the host finds strong enough',
  'allow the ciphers of TLS 1.2 or 1.3 there',
);

const ROWS: ReadonlyMap<number, AlertRow> = new Map([
  [
    40,
    wanted(
      'wants a client certificate, or accepts no cipher of this machine',
      'no certificate that it accepts was sent, or the two have no cipher in common',
    ),
  ],
  // Older servers in Go also send it when there was none.
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

/** As RFC 8446 and RFC 5246 call them. */
const NAMES: ReadonlyMap<number, string> = new Map([
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
