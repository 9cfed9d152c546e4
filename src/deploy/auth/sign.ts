import type { KeyFile } from './credentials.ts';
import { privateKey } from './private-key.ts';

/** Seconds that a signed token is accepted. */
export const LIFETIME = 300;

/**
 * A token as eKuiper checks it: RS256, `iss` = the public key's file, `aud` = eKuiper, `exp`; no `nbf`, which it
 * compares without leeway (real-servers.md N15). `now`: milliseconds since 1970 by the later of both clocks.
 */
export async function signToken(pem: string, key: KeyFile, now: number): Promise<string> {
  const signingKey = privateKey(pem, key.file);
  const { SignJWT } = await import('jose');
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(key.issuer)
    .setAudience(key.audience)
    .setExpirationTime(Math.floor(now / 1000) + LIFETIME)
    .sign(signingKey);
}
