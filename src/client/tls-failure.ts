import { moveTo, placeText } from './address.ts';
import { checkTls, type FailureRow } from './failure-row.ts';
import { foreignWords } from './text.ts';

/** What this machine finds wrong with a host's TLS. None of it can pass by waiting, and nothing was sent. */
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
    message: (host) => `the certificate of ${placeText(host)} is signed by nobody that is trusted`,
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
    // The rest of what Node calls the findings of OpenSSL.
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

/** Node tells which names the certificate holds. */
function namesOf(thrown: unknown): string {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    if (!('cert' in error) || typeof error.cert !== 'object' || error.cert === null) continue;
    if (!('subjectaltname' in error.cert)) continue;
    return `it holds ${foreignWords(String(error.cert.subjectaltname))}`;
  }
  return 'the name in the address is none of those in the certificate';
}
