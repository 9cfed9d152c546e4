import { randomBytes } from 'node:crypto';
import { parseForeignJson, TooDeepError } from '../model/json/bounded.ts';
import type { HostInfo } from './answers.ts';
import { UnexpectedAnswer } from './decode.ts';
import type { HostAddress } from './http/address.ts';
import type { HostFailure } from './http/host-failure.ts';
import { notEkuiper, refusal } from './refusal.ts';
import type { HostAnswer, HostRequest, StreamedBody, Transport } from './transport.ts';

export const KIB = 1024;

export const MIB = 1024 * KIB;

export interface ApiCallsOptions {
  readonly address: HostAddress;
  readonly transport: Transport;
  /** Timeout in milliseconds for requests that eKuiper answers at once. */
  readonly readTimeout: number;
  /** Timeout in milliseconds for requests that wait until a plugin runs. */
  readonly waitTimeout: number;
  /** The directory or zip that is being installed, as given on the command line. */
  readonly source?: string | null;
}

/** Shared by all requests to one host: address, timeouts, and decoding of responses. */
export interface ApiCalls {
  readonly address: HostAddress;
  readonly waitTimeout: number;
  /** The response of `GET /`, once it was requested. */
  info: HostInfo | null;
  /** The `Date` of the host's last response; milliseconds since 1970. */
  time: number | null;
  /** `timeout` defaults to `readTimeout`. */
  get(path: string, limit: number, timeout?: number): Promise<HostAnswer>;
  /** `timeout` defaults to `waitTimeout`. */
  change(request: Pick<HostRequest, 'method' | 'path'> & Partial<HostRequest>): Promise<HostAnswer>;
  /**
   * The failure for an error response. `doing` completes the sentence "the host refused to …". `waited`: milliseconds
   * until the response, where they tell something.
   */
  refuse(answer: HostAnswer, doing: string, plugin: string | null, waited?: number): HostFailure;
  /** Decodes a response with status 200; throws HostFailure for any other status and for an invalid body. */
  read<T>(answer: HostAnswer, doing: string, parse: (value: unknown) => T): T;
}

/** Creates the calls of one host; nothing is sent yet. */
export function apiCalls(options: ApiCallsOptions): ApiCalls {
  const { address, transport, readTimeout, waitTimeout, source = null } = options;
  const send = async (request: HostRequest): Promise<HostAnswer> => {
    const answer = await transport.send(request);
    calls.time = timeOf(answer) ?? calls.time;
    return answer;
  };
  const calls: ApiCalls = {
    address,
    waitTimeout,
    info: null,
    time: null,
    get: (path, limit, timeout = readTimeout) => send({ method: 'GET', path, timeout, limit }),
    change: (request) => send({ timeout: waitTimeout, limit: MIB, ...request }),
    refuse(answer, doing, plugin, waited) {
      const version = calls.info?.version ?? '';
      const context = { host: address.label, plugin, source, version };
      const timed = waited === undefined ? context : { ...context, waited };
      return refusal(answer, doing, address, timed);
    },
    read(answer, doing, parse) {
      if (answer.status !== 200) throw calls.refuse(answer, doing, null);
      return parsed(answer, address, parse);
    },
  };
  return calls;
}

function parsed<T>(answer: HostAnswer, address: HostAddress, parse: (value: unknown) => T): T {
  try {
    return parse(parseForeignJson(answer.text));
  } catch (thrown) {
    if (thrown instanceof UnexpectedAnswer) throw notEkuiper(address, answer, thrown.message);
    if (thrown instanceof TooDeepError) throw notEkuiper(address, answer, thrown.message);
    if (thrown instanceof SyntaxError) throw notEkuiper(address, answer, 'the answer is not JSON');
    throw thrown;
  }
}

function timeOf({ headers }: HostAnswer): number | null {
  const date = headers['date'];
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** REST path of a plugin. */
export function pluginPath(name: string): string {
  return `/plugins/portables/${encodeURIComponent(name)}`;
}

/** REST path of a rule. */
export function rulePath(id: string): string {
  return `/rules/${encodeURIComponent(id)}`;
}

/** A file to upload; its size is known before it is read. */
export interface UploadFile {
  /** File name on the host; only `[A-Za-z0-9._-]` stays unchanged (docs/ekuiper.md#upload-names). */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * Builds a multipart body with the file in the field `uploadFile`, as `POST /config/uploads` requires it
 * (docs/ekuiper.md#uploads). `onSent` is called with the number of bytes handed to the connection so far.
 */
export function multipart(file: UploadFile, onSent: (bytes: number) => void): StreamedBody {
  const boundary = `kplugin-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="uploadFile"; filename="${file.name}"\r\n` +
      'Content-Type: application/zip\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: head.length + file.size + tail.length,
    async *chunks() {
      yield head;
      let sent = 0;
      for await (const chunk of file.chunks()) {
        yield chunk;
        sent += chunk.length;
        onSent(sent);
      }
      yield tail;
    },
  };
}
