/**
 * What OpenSSL says in the message of an error: `write EPROTO C09C…:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls
 * alert handshake failure:../deps/…:918:SSL alert number 40`. Node makes the error's code of the reason in it, which
 * changes with OpenSSL (`sslv3 alert …` in 3.0, `ssl/tls alert …` in 3.5); while it writes it says EPROTO for all.
 */
const WORDS = /:error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):/;
const ALERT = /:SSL alert number (\d+)\b/;

/** The reason, `wrong version number`; null where the error is none of OpenSSL's. */
export function opensslReason(error: Error): string | null {
  return WORDS.exec(error.message)?.[1] ?? null;
}

/** The number of the TLS alert that the other side sent (RFC 8446 section 6), or null. */
export function alertNumber(thrown: unknown): number | null {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const number = opensslReason(error) === null ? null : ALERT.exec(error.message);
    if (number !== null) return Number(number[1]);
  }
  return null;
}
