import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Seconds; a run of the suite is shorter. */
const LIFETIME = 3600;

/**
 * The token that the environment gives or lets us sign, null without one. Not kplugin's own way to tokens: what asks
 * the host must not break with what it judges. Raw RS256, `iss` = the public key's file (docs/ekuiper.md#tokens).
 */
export async function tokenOf(env: Readonly<Record<string, string>>): Promise<string | null> {
  const { KPLUGIN_TOKEN: token, KPLUGIN_TOKEN_FILE: tokenFile, KPLUGIN_KEY_FILE: keyFile } = env;
  if (token) return token.trim();
  if (tokenFile) return (await readFile(tokenFile, 'utf8')).trim();
  if (!keyFile) return null;
  const issuer = env['KPLUGIN_ISSUER'] || `${path.parse(keyFile).name}.pub`;
  return signed(await readFile(keyFile, 'utf8'), issuer);
}

function signed(key: string, issuer: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuer, aud: 'eKuiper', exp: Math.floor(Date.now() / 1000) + LIFETIME };
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(content), createPrivateKey(key));
  return `${content}.${signature.toString('base64url')}`;
}
