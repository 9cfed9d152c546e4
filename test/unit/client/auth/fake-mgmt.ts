import type { KeyObject } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';

/**
 * A stand-in for eKuiper's check of tokens, with the texts that were recorded (docs/ekuiper.md#tokens). `keys` are the
 * files in etc/mgmt. Resolves to null for "come in", else to the body of its 401.
 */
export async function fakeMgmt(
  header: string | undefined,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<string | null> {
  if (header === undefined || header === '') return 'missing_token';
  if (/^Bearer /i.test(header)) {
    return 'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 6';
  }
  if (header.split('.').length !== 3) {
    return 'validate token error: token is malformed: token contains an invalid number of segments';
  }
  const { iss, aud } = decodeJwt(header);
  if (!iss) {
    return 'validate token error: token is unverifiable: error while executing keyfunc: issuer field not exist in jwt payload';
  }
  const key = [...keys].find(([file]) => file.toLowerCase() === iss.toLowerCase())?.[1];
  if (key === undefined) {
    return `validate token error: token is unverifiable: error while executing keyfunc: not found target key file ${iss} in /etc/mgmt`;
  }
  const wrong = await verified(header, key);
  if (wrong !== null) return wrong;
  const audiences = [aud ?? []].flat();
  if (audiences.includes('eKuiper')) return null;
  return `audience field should contain eKuiper, but got [${audiences.join(' ')}]`;
}

async function verified(token: string, key: KeyObject): Promise<string | null> {
  try {
    await jwtVerify(token, key, { algorithms: ['RS256'] });
    return null;
  } catch (thrown) {
    if (thrown instanceof errors.JWTExpired) {
      return 'validate token error: token has invalid claims: token is expired';
    }
    if (thrown instanceof errors.JWSSignatureVerificationFailed) {
      return 'validate token error: token signature is invalid: crypto/rsa: verification error';
    }
    throw thrown;
  }
}
