import { parseForeignJson, TooDeepError } from '../model/json/bounded.ts';
import type { HostInfo } from './answers.ts';
import { UnexpectedAnswer } from './decode.ts';
import type { HostAddress } from './http/address.ts';
import type { HostFailure } from './http/host-failure.ts';
import { notEkuiper, refusal } from './refusal.ts';
import type { HostAnswer, HostRequest, Transport } from './transport.ts';

export interface LineOptions {
  readonly address: HostAddress;
  readonly transport: Transport;
  /** Milliseconds for questions that eKuiper answers at once. */
  readonly readTimeout: number;
  /** Milliseconds for those that wait until a plugin runs. */
  readonly waitTimeout: number;
  /** What is being installed, as commands name it. */
  readonly source?: string | null;
}

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** What every call to one host shares: its limits, and how answers become values or failures. */
export interface Line {
  readonly address: HostAddress;
  readonly waitTimeout: number;
  /** What `GET /` said, once it was asked. */
  info: HostInfo | null;
  /** The host's clock by the Date of its last answer; milliseconds since 1970. */
  time: number | null;
  /** `timeout` defaults to that of quick questions. */
  get(path: string, limit: number, timeout?: number): Promise<HostAnswer>;
  /** `timeout` defaults to that of answers that wait until a plugin runs. */
  change(request: Pick<HostRequest, 'method' | 'path'> & Partial<HostRequest>): Promise<HostAnswer>;
  /** The failure behind an answer that says no. */
  refuse(answer: HostAnswer, doing: string, plugin: string | null): HostFailure;
  /** The value of an answer with status 200; throws HostFailure for any other and for what is not eKuiper's. */
  read<T>(answer: HostAnswer, doing: string, parse: (value: unknown) => T): T;
}

/** A line to one host; nothing is sent yet. */
export function openLine(options: LineOptions): Line {
  const { address, transport, readTimeout, waitTimeout, source = null } = options;
  const send = async (request: HostRequest): Promise<HostAnswer> => {
    const answer = await transport.send(request);
    line.time = timeOf(answer) ?? line.time;
    return answer;
  };
  const line: Line = {
    address,
    waitTimeout,
    info: null,
    time: null,
    get: (path, limit, timeout = readTimeout) => send({ method: 'GET', path, timeout, limit }),
    change: (request) => send({ timeout: waitTimeout, limit: MIB, ...request }),
    refuse(answer, doing, plugin) {
      const version = line.info?.version ?? '';
      return refusal(answer, doing, address, { host: address.label, plugin, source, version });
    },
    read(answer, doing, parse) {
      if (answer.status !== 200) throw line.refuse(answer, doing, null);
      return parsed(answer, address, parse);
    },
  };
  return line;
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

/** eKuiper's path of a plugin. */
export function pluginPath(name: string): string {
  return `/plugins/portables/${encodeURIComponent(name)}`;
}

/** eKuiper's path of a rule. */
export function rulePath(id: string): string {
  return `/rules/${encodeURIComponent(id)}`;
}
