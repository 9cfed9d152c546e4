import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * The issuer of the sample key: issuers are file names in etc/mgmt. Source: eKuiper etc/mgmt at v2.4.0,
 * jwt/rsa_keys.go.
 */
export const SAMPLE_KEY = 'sample_key.pub';

/**
 * Makes a token with the sample key as issuer, signed by a temporary key, so that it never grants access. `now`: as in
 * {@link HostFacts}.
 */
export async function forgedToken(now: number): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const claims = { iss: SAMPLE_KEY, aud: ['eKuiper'], exp: Math.floor(now / 1000) + 3600 };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
