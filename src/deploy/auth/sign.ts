import { SignJWT } from 'jose';
import type { KeyFile } from './credentials.ts';
import { privateKey } from './private-key.ts';

/**
 * A token as eKuiper checks it: RS256, `iss` = the public key's file, `aud` = eKuiper, `exp`; no `nbf`, which it
 * compares without leeway (real-servers.md N15). `until`: milliseconds since 1970 by the later of both clocks.
 */
export async function signToken(pem: string, key: KeyFile, until: number): Promise<string> {
  const signingKey = privateKey(pem, key.file);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(key.issuer)
    .setAudience(key.audience)
    .setExpirationTime(Math.floor(until / 1000))
    .sign(signingKey);
}
