/**
 * Parses the message of an OpenSSL error: `write EPROTO C09C…:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert
 * handshake failure:../deps/…:918:SSL alert number 40`. Node derives the error's code from the reason in it, which
 * changes with OpenSSL (`sslv3 alert …` in 3.0, `ssl/tls alert …` in 3.5); when the error occurs in a write, the code
 * is always EPROTO.
 */
const WORDS = /:error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):/;
const ALERT = /:SSL alert number (\d+)\b/;

/** The reason, `wrong version number`; null when it is not an OpenSSL error. */
export function opensslReason(error: Error): string | null {
  return WORDS.exec(error.message)?.[1] ?? null;
}

/** The number of the TLS alert that the peer sent (RFC 8446 section 6), or null. */
export function alertNumber(thrown: unknown): number | null {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const number = opensslReason(error) === null ? null : ALERT.exec(error.message);
    if (number !== null) return Number(number[1]);
  }
  return null;
}
