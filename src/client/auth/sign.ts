import { sign } from 'node:crypto';
import type { KeyFile } from './credentials.ts';
import { privateKey } from './private-key.ts';

/**
 * A token as eKuiper checks it (RFC 7515, 7519): RS256, `iss` = the public key's file, `aud` = eKuiper, `exp`; no `nbf`,
 * which it compares without leeway (real-servers.md N15). `until`: milliseconds since 1970 by the later of both clocks.
 */
export function signToken(pem: string, key: KeyFile, until: number): string {
  const signingKey = privateKey(pem, key.file);
  const claims = { iss: key.issuer, aud: key.audience, exp: Math.floor(until / 1000) };
  const text = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), signingKey).toString('base64url')}`;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
