import { parseDuration } from '../../model/duration.ts';
import { targetOfVersion } from '../../model/target.ts';
import type {
  CannedAnswer,
  Case,
  CommonKey,
  ErrorExpectation,
  FunctionCall,
  FunctionCase,
  Pattern,
  ReadyProbe,
  Setup,
  SinkCase,
  SourceCase,
  WrittenFile,
} from '../case/case.ts';
import type {
  Json,
  WrittenAnswer,
  WrittenCall,
  WrittenCase,
  WrittenLook,
  WrittenSetup,
} from '../case/case-file.ts';
import { compilePattern, type ReportAt } from './compile-pattern.ts';

type Common = Pick<Case, CommonKey>;

/**
 * Converts `one`, which is valid for the schema, to a case; `at` is its JSON pointer. Reports mistakes that the schema
 * cannot express.
 */
export function toCase(
  one: WrittenCase,
  place: Pick<Common, 'file' | 'line'>,
  at: string,
  report: ReportAt,
): Case {
  const { name, since = '', env = {}, http = [], httpStatus = 200, received, setup } = one;
  const pattern: MakePattern = (value, step) => compilePattern(value, `${at}/${step}`, report);
  const common: Omit<Common, 'symbol'> = {
    ...place,
    name,
    within: toDuration(one.within, `${at}/within`, report),
    since: targetOfVersion(since),
    env: new Map(Object.entries(env).map(([key, value]) => [key, String(value)] as const)),
    http: http.map(toAnswer),
    httpStatus,
    received: received ? toPatterns(received, 'received', pattern).map(withLowerHeaders) : null,
    setup: setup ? toSetup(setup, `${at}/setup`, report) : null,
  };
  if (one.function !== undefined) {
    return { ...common, symbol: one.function, kind: 'function', ...toFunction(one, pattern) };
  }
  if (one.source !== undefined) {
    reportTooMany(one, at, report);
    return { ...common, symbol: one.source, kind: 'source', ...toSource(one, pattern) };
  }
  return { ...common, symbol: one.sink ?? '', kind: 'sink', ...toSink(one, pattern) };
}

/** Makes a pattern of a value of the case; `step` is its pointer within the case. */
type MakePattern = (value: Json, step: string) => Pattern;

function toDuration(
  text: string | number | undefined,
  pointer: string,
  report: ReportAt,
): number | null {
  if (text === undefined) return null;
  const ms = parseDuration(String(text));
  if (ms === null) reportDuration(pointer, report);
  return ms;
}

function toAnswer({ method, path, status = 200, headers = {}, body }: WrittenAnswer): CannedAnswer {
  return {
    method: method?.toUpperCase() ?? null,
    path: path ?? null,
    status,
    headers: new Map(Object.entries(headers)),
    body: body ?? {},
  };
}

/** Milliseconds that a setup may take until it is ready when the case sets no limit for it. */
const SETUP_MS = 30_000;

function toSetup({ command, ready, within }: WrittenSetup, at: string, report: ReportAt): Setup {
  return {
    command,
    ready: ready ? toProbe(ready) : null,
    within: toDuration(within, `${at}/within`, report) ?? SETUP_MS,
  };
}

function toProbe({ port, line, command }: NonNullable<WrittenSetup['ready']>): ReadyProbe {
  if (port !== undefined) return { is: 'port', port: String(port) };
  if (line !== undefined) return { is: 'line', text: line };
  return { is: 'command', command: command ?? ['true'] };
}

function reportDuration(pointer: string, report: ReportAt): void {
  report(pointer, 'value', {
    rule: 'case-wrong-type',
    message: 'within is no duration',
    why: 'it is longer than 0, and at most 24 days',
    hint: 'Write for example within: 5s',
  });
}

function toFunction(
  one: WrittenCase,
  pattern: MakePattern,
): Omit<FunctionCase, 'kind' | CommonKey> {
  const { aggregate = null, validate, calls, args } = one;
  const alone = args === undefined ? [] : [toCall(one, '', pattern)];
  return {
    aggregate,
    validate: validate ? toCall(validate, 'validate/', pattern) : null,
    calls: calls?.map((call, index) => toCall(call, `calls/${index}/`, pattern)) ?? alone,
    isConversation: calls !== undefined,
  };
}

function toCall(
  { args = [], result, error }: WrittenCall,
  at: string,
  make: MakePattern,
): FunctionCall {
  return {
    args,
    result: result === undefined ? null : make(result, `${at}result`),
    error: toError(error, `${at}error`, make),
  };
}

function toError(error: Json | undefined, at: string, make: MakePattern): ErrorExpectation | null {
  if (error === undefined) return null;
  if (error === true) return { is: 'any' };
  if (typeof error === 'string') return { is: 'contains', text: error };
  return { is: 'pattern', pattern: make(error, at) };
}

function toSource(one: WrittenCase, make: MakePattern): Omit<SourceCase, 'kind' | CommonKey> {
  const { confKey = null, config = {}, dataSource = null, messages = null, each, error } = one;
  return {
    confKey,
    config,
    dataSource,
    messages,
    rows: toPatterns(one.rows, 'rows', make),
    each: each === undefined ? null : make(each, 'each'),
    some: toPatterns(one.some, 'some', make),
    meta: toPatterns(one.meta, 'meta', make),
    error: toError(error, 'error', make),
  };
}

function toPatterns(values: readonly Json[] = [], at: string, make: MakePattern): Pattern[] {
  return values.map((value, index) => make(value, `${at}/${index}`));
}

function reportTooMany({ messages, rows, meta }: WrittenCase, at: string, report: ReportAt): void {
  if (messages === undefined) return;
  for (const [key, { length }] of Object.entries({ rows: rows ?? [], meta: meta ?? [] })) {
    if (length <= messages) continue;
    report(`${at}/messages`, 'value', {
      rule: 'case-never-holds',
      message: `${key} lists ${length} messages, and the source is stopped after ${messages}`,
      why: 'the case could never pass',
      hint: `Write messages: ${length}, or leave messages out`,
    });
  }
}

function toSink(one: WrittenCase, make: MakePattern): Omit<SinkCase, 'kind' | CommonKey> {
  const { config = {}, rows = [], send = 'each', raw = [], wrote = [], acks, error } = one;
  return {
    config,
    rows,
    send,
    raw,
    wrote: isLooks(wrote)
      ? wrote.map((look, index) => toWritten(look, `wrote/${index}`, make))
      : [toWritten(wrote, 'wrote', make)],
    acks: acks ? { ok: 0, errors: 0, ...acks } : null,
    error: toError(error, 'error', make),
  };
}

function isLooks(wrote: WrittenLook | readonly WrittenLook[]): wrote is readonly WrittenLook[] {
  return Array.isArray(wrote);
}

function toWritten(look: WrittenLook, at: string, make: MakePattern): WrittenFile {
  const { file, lines, text, json, contains = [] } = look;
  if (lines !== undefined) {
    return { file, content: { is: 'lines', lines: toPatterns(lines, `${at}/lines`, make) } };
  }
  if (text !== undefined) return { file, content: { is: 'text', text: make(text, `${at}/text`) } };
  if (json !== undefined) return { file, content: { is: 'json', json: make(json, `${at}/json`) } };
  return { file, content: { is: 'contains', texts: [contains].flat() } };
}

/** Node returns header names in lower case. */
function withLowerHeaders(request: Pattern): Pattern {
  const headers = request.is === 'object' ? request.members.get('headers') : undefined;
  if (request.is !== 'object' || headers?.is !== 'object') return request;
  const lowered = [...headers.members].map(([key, one]) => [key.toLowerCase(), one] as const);
  return {
    ...request,
    members: new Map([
      ...request.members,
      ['headers', { ...headers, members: new Map(lowered) }] as const,
    ]),
  };
}
