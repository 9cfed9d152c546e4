import { durationText } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { Credentials, KeyFile } from './credentials.ts';
import { readSecret, type SecretFile, stampOf } from './read-secret.ts';
import { signToken } from './sign.ts';
import { expiryOf, usableToken } from './usable-token.ts';

/** What the authorizer needs of the world. */
export interface AuthorizerEffects {
  /** Milliseconds since 1970 by this machine. */
  readonly now: () => number;
  /** Takes a sentence for people, each only once. */
  readonly warn: (line: string) => void;
}

/** Gives the token for the next request; `ahead`: milliseconds that the host's clock is ahead of ours. */
export type Authorize = (ahead: number) => Promise<string>;

/** Milliseconds that a signed token is accepted. */
const LIFETIME = 300_000;

/** A token is renewed when less than this is left of it: an upload over a slow line starts with a fresh one. */
const RENEW_BEFORE = 120_000;

/**
 * The way to tokens for a host; null where it wants none. Nothing is read or signed before the first request.
 * What it gives throws exit 2 for files that cannot be used and for tokens that have run out.
 */
export function authorizer(
  credentials: Credentials,
  { now, warn }: AuthorizerEffects,
): Authorize | null {
  const said = new Set<string>();
  const once = (line: string | null): void => {
    if (line === null || said.has(line)) return;
    said.add(line);
    warn(line);
  };
  switch (credentials.kind) {
    case 'none':
      return null;
    case 'token':
      return async () => ready(credentials.token.reveal(), 'KPLUGIN_TOKEN', now(), once);
    case 'token-file':
      return fromFile(credentials.file, now, once);
    case 'key-file':
      return signing(credentials, now, once);
  }
}

type Once = (line: string | null) => void;

function fromFile(file: string, now: () => number, once: Once): Authorize {
  let last: SecretFile | null = null;
  return async () => {
    if (last === null || last.stamp !== (await stampOf(file, 'token file'))) {
      last = await readSecret(file, 'token file');
      if (last.shared) once(sharedText('token file', file));
    }
    return ready(last.text, file, now(), once);
  };
}

function ready(text: string, origin: string, now: number, once: Once): string {
  const { token, note } = usableToken(text, origin);
  once(note);
  const expiry = expiryOf(token);
  if (expiry === null || expiry > now) return token;
  throw new KpluginError({
    code: 'token-expired',
    exit: EXIT.usage,
    message: `the token in ${origin} ran out ${durationText(now - expiry)} ago`,
    reason: "that is what its exp says, by this machine's clock; nothing was sent",
    hint: 'get a new one, or let kplugin sign by itself: --key-file <private key>',
  });
}

function signing(key: KeyFile, now: () => number, once: Once): Authorize {
  let last: { readonly token: Promise<string>; readonly until: number } | null = null;
  return (ahead) => {
    const time = now() + Math.max(0, ahead);
    if (last === null || last.until - time < RENEW_BEFORE) {
      const until = time + LIFETIME;
      last = { token: signed(key, until, once), until };
    }
    return last.token;
  };
}

async function signed(key: KeyFile, until: number, once: Once): Promise<string> {
  const { text, shared } = await readSecret(key.file, 'key file');
  if (shared) once(sharedText('key file', key.file));
  // Not every host wants a token that kplugin signs.
  return signToken(text, key, until);
}

function sharedText(what: string, file: string): string {
  return `warning: others on this machine may read the ${what} ${file}: chmod 600 ${fileWord(file)}`;
}
