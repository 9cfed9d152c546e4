import type { Secret } from './secret.ts';

/**
 * How requests to a host are authenticated: not at all, with a given token, or with a private key that signs tokens.
 */
export type Credentials =
  | { readonly kind: 'none' }
  /** The token itself, from `KPLUGIN_TOKEN`. */
  | { readonly kind: 'token'; readonly token: Secret }
  /** Absolute path; read again whenever the file changes. */
  | { readonly kind: 'token-file'; readonly file: string }
  | KeyFile;

/** A private RSA key (PEM) and the claims of its tokens. */
export interface KeyFile {
  readonly kind: 'key-file';
  /** Absolute path. */
  readonly file: string;
  /** The name of the public key's file in eKuiper's `etc/mgmt` (docs/ekuiper.md#tokens). */
  readonly issuer: string;
  readonly audience: string;
}

/** The `aud` that eKuiper requires (docs/ekuiper.md#tokens). A string: lists are accepted from 1.12 on only. */
export const AUDIENCE = 'eKuiper';

/**
 * Default file name of the public key for a private key: `keys/edge1.pem` → `edge1.pub`, as in eKuiper's own sample.
 */
export function issuerOf(keyFile: string): string {
  const name = keyFile.split(/[\\/]/).at(-1) ?? keyFile;
  return `${name.replace(/\.(pem|key|priv|private|rsa)$/i, '')}.pub`;
}
