import { EXIT, KpluginError } from '../../model/error.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';

/** A token as eKuiper takes it, and what was done to get there. */
export interface UsableToken {
  readonly token: string;
  /** Null when it was taken as it is. */
  readonly note: string | null;
}

/**
 * The token in a text: blanks around it and a leading `Bearer ` go, because eKuiper takes the whole header as the
 * token (real-servers.md N15). Throws exit 2 when there is none; the text itself is never repeated.
 * `origin` names the file or variable.
 */
export function usableToken(text: string, origin: string): UsableToken {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const token = trimmed.replace(/^Bearer(\s+|$)/i, '');
  if (token === '') throw unusable(`${origin} holds no token`, 'it is empty');
  if (token.includes('-----BEGIN')) {
    throw unusable(
      `${origin} holds a key, not a token`,
      'a private key signs tokens and is never sent itself',
      'name it as a key: --key-file <file>',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw unusable(`${origin} holds more than a token`, 'there are blanks or line breaks in it');
  }
  const note =
    token === trimmed
      ? null
      : `${origin}: "Bearer" was left out, because eKuiper wants the bare token`;
  return { token, note };
}

/**
 * Milliseconds since 1970 at which a JWT runs out; null when it does not say, or is none. The signature is the
 * host's business.
 */
export function expiryOf(token: string): number | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = parseForeignJson(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return null;
    return typeof claims.exp === 'number' ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}

function unusable(message: string, reason: string, hint?: string): KpluginError {
  return new KpluginError({
    code: 'token-unusable',
    exit: EXIT.usage,
    message,
    reason,
    hint:
      hint ??
      'it must hold the token and nothing else; kplugin can also sign by itself: --key-file',
  });
}
