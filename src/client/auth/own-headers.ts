import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import { readSecret, Secret, type SecretFile, stampOf } from './credentials.ts';

/** A header of the operator; its value may be a secret. */
export interface OwnHeader {
  readonly name: string;
  readonly value: Secret;
}

/** Headers that are sent with every request, for a gateway in front of eKuiper. */
export interface OwnHeaders {
  readonly given: readonly OwnHeader[];
  /** Absolute path of a file with more of them; null without one. */
  readonly file: string | null;
}

export const NO_HEADERS: OwnHeaders = { given: [], file: null };

/** Headers of kplugin or of the connection: another value would break requests. */
const TAKEN: ReadonlySet<string> = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The characters of a header's name (RFC 9110, section 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~\w-]{1,200}$/;

const VALUE = /^[\t\x20-\x7e]{1,16000}$/;

/**
 * Parses `Name: value`. Throws exit 2 when it is not a header that can be sent; the message never contains the value.
 * `origin`: the flag, or the file with its line.
 */
export function parseHeader(line: string, origin: string): OwnHeader {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  const value = line.slice(colon + 1).trim();
  if (colon < 0) throw unusable(origin, 'there is no ":" between its name and its value');
  if (!NAME.test(name)) throw unusable(origin, 'what stands before the ":" is no name of a header');
  if (TAKEN.has(name.toLowerCase())) throw unusable(origin, `kplugin sets ${name} itself`);
  if (!VALUE.test(value)) {
    throw unusable(origin, `the value of ${name} is empty, or has characters that no header takes`);
  }
  return { name, value: new Secret(value) };
}

function unusable(origin: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'header-unusable',
    exit: EXIT.usage,
    message: `${origin} is no header that can be sent`,
    reason,
    hint: "write Name: value, for example --header 'X-Api-Key: <key>'; in a file a line for each",
  });
}

/**
 * Creates the function that returns the headers of a request by name; null when there are none. The file is read at
 * the first request, and again whenever it changes. A given header replaces one of the file. The function throws exit 2
 * for an unusable file.
 */
export function headerReader(
  { given, file }: OwnHeaders,
  warn: (line: string) => void,
): (() => Promise<ReadonlyMap<string, string>>) | null {
  if (file === null) {
    if (given.length === 0) return null;
    const headers = merged(given);
    return async () => headers;
  }
  let last: SecretFile | null = null;
  return async () => {
    if (last === null || last.stamp !== (await stampOf(file, WHAT))) {
      last = await readSecret(file, WHAT);
      if (last.shared) warn(sharedText(file));
    }
    return merged([...linesOf(last.text, file), ...given]);
  };
}

const WHAT = 'header file';

function sharedText(file: string): string {
  return `warning: others on this machine may read the ${WHAT} ${file}: chmod 600 ${fileWord(file)}`;
}

/** Empty lines and lines that begin with `#` are left out. */
function linesOf(text: string, file: string): OwnHeader[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.flatMap((line, at) => {
    const isLeft = line.trim() === '' || line.startsWith('#');
    return isLeft ? [] : [parseHeader(line, `line ${at + 1} of ${file}`)];
  });
}

/** The last one of each name, whatever the case of its letters. */
function merged(headers: readonly OwnHeader[]): ReadonlyMap<string, string> {
  return new Map(headers.map(({ name, value }) => [name.toLowerCase(), value.reveal()]));
}
