import { stat } from 'node:fs/promises';
import { EXIT, KpluginError } from '../../model/error.ts';
import { FileTooLong, readRegularFile } from '../../package/files/regular-file.ts';

/** The `aud` that eKuiper requires (docs/ekuiper.md#tokens). A string: lists are accepted from 1.12 on only. */
export const AUDIENCE = 'eKuiper';

/** Upper limit for the size of a token or key file, because a wrong path may name a file of any size. */
const MOST_BYTES = 64 * 1024;

const HIDDEN = '[secret]';

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

/** A text that is hidden in templates, JSON and `util.inspect`. Only {@link Secret.reveal} returns it. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the Authorization header. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }
}

/**
 * Default file name of the public key for a private key: `keys/edge1.pem` → `edge1.pub`, as in eKuiper's own sample.
 */
export function issuerOf(keyFile: string): string {
  const name = keyFile.split(/[\\/]/).at(-1) ?? keyFile;
  return `${name.replace(/\.(pem|key|priv|private|rsa)$/i, '')}.pub`;
}

/** A file that holds a secret, with what the caller needs to know about it. */
export interface SecretFile {
  readonly text: string;
  /** Changes when the file does. */
  readonly stamp: string;
  /** Whether other users of this machine can read it; false where file modes have no meaning (Windows). */
  readonly shared: boolean;
}

/**
 * Reads a token or key file. Throws exit 2 when it cannot be read; no message contains its content. `what` is its name
 * in messages (`token file`); `most` is the size limit in bytes.
 */
export async function readSecret(
  file: string,
  what: string,
  most: number = MOST_BYTES,
): Promise<SecretFile> {
  try {
    const { size, mode, isFile, stamp } = await look(file);
    if (!isFile) throw unreadable(file, what, 'it is no regular file');
    if (size > most) throw tooLong(file, what, most);
    const text = String(await readRegularFile(file, most));
    return { text, stamp, shared: process.platform !== 'win32' && (mode & 0o077) !== 0 };
  } catch (thrown) {
    if (thrown instanceof FileTooLong) throw tooLong(file, what, most);
    if (thrown instanceof KpluginError) throw thrown;
    throw unreadable(file, what, reasonOf(thrown));
  }
}

/** A value that changes when the file is written again. Throws like {@link readSecret}. */
export async function stampOf(file: string, what: string): Promise<string> {
  try {
    return (await look(file)).stamp;
  } catch (thrown) {
    throw unreadable(file, what, reasonOf(thrown));
  }
}

async function look(file: string) {
  const stats = await stat(file);
  const { size, mode, mtimeMs, ino } = stats;
  return { size, mode, isFile: stats.isFile(), stamp: `${ino} ${mtimeMs} ${size}` };
}

function tooLong(file: string, what: string, most: number): KpluginError {
  const limit = `kplugin reads at most ${most / 1024} KiB of such a file`;
  return unreadable(file, what, `it is much too long for one: ${limit}`);
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function unreadable(file: string, what: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'secret-unreadable',
    exit: EXIT.usage,
    message: `the ${what} ${file} cannot be read`,
    reason,
    hint: `check the path and who owns the file; kplugin host show <name> shows the files of a host`,
  });
}
