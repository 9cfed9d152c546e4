import type { Secret } from './secret.ts';

/** What proves to a host who asks: nothing, a ready token, or a private key that kplugin signs tokens with. */
export type Credentials =
  | { readonly kind: 'none' }
  /** From `KPLUGIN_TOKEN`: the token itself. */
  | { readonly kind: 'token'; readonly token: Secret }
  /** Absolute path; read again whenever the file changes. */
  | { readonly kind: 'token-file'; readonly file: string }
  | KeyFile;

/** A private RSA key (PEM) and what its tokens say. */
export interface KeyFile {
  readonly kind: 'key-file';
  /** Absolute path. */
  readonly file: string;
  /** The name of the public key's file in eKuiper's `etc/mgmt` (docs/ekuiper.md#tokens). */
  readonly issuer: string;
  readonly audience: string;
}

/** What eKuiper looks for in `aud` (docs/ekuiper.md#tokens). A string: lists are understood from 1.12 on only. */
export const AUDIENCE = 'eKuiper';

/** The public key's file that belongs to a private one: `keys/edge1.pem` → `edge1.pub`, as eKuiper's own sample has it. */
export function issuerOf(keyFile: string): string {
  const name = keyFile.split(/[\\/]/).at(-1) ?? keyFile;
  return `${name.replace(/\.(pem|key|priv|private|rsa)$/i, '')}.pub`;
}
