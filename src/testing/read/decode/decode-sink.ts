import { plainValue } from '../../../model/json/plain.ts';
import type { CommonKey, SendMode, SinkCase, WrittenFile } from '../../case/case.ts';
import type { Pattern } from '../../case/pattern.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';
import type { Fields } from './fields.ts';

export const SINK_KEYS = [
  'config',
  'rows',
  'send',
  'raw',
  'wrote',
  'received',
  'httpStatus',
  'acks',
  'error',
];

const SEND_MODES: readonly SendMode[] = ['each', 'single', 'batch'];

type Body = Omit<SinkCase, 'kind' | CommonKey>;

/** What a case of a sink says beyond its name. */
export function decodeSink(fields: Fields): Body {
  reportRows(fields);
  return {
    config: fields.settings('config'),
    rows: fields.filledList('rows').map(plainValue),
    send: sendMode(fields),
    raw: fields.filledList('raw').flatMap((node) => {
      if (node.type === 'string') return [node.value];
      fields.mistakes.wrongType(node, 'an item of raw', 'text', 'raw: ["not json"]');
      return [];
    }),
    wrote: written(fields),
    received: received(fields),
    httpStatus: fields.integer('httpStatus', 200, 599) ?? 200,
    acks: acks(fields),
    error: fields.error(),
  };
}

function reportRows(fields: Fields): void {
  const raw = fields.member('raw');
  const beside = raw && ['rows', 'send'].find((key) => fields.has(key));
  if (raw && beside) {
    fields.mistakes.add({
      rule: 'case-never-holds',
      at: raw.keySpan,
      message: `raw stands beside ${beside}`,
      why: 'raw is what is sent instead of rows, just as it is',
      hint: `Remove ${beside}, or make two cases`,
    });
  }
  if (['rows', 'raw', 'error'].some((key) => fields.has(key))) return;
  fields.mistakes.add({
    rule: 'case-missing-key',
    at: fields.member('sink')?.keySpan ?? fields.node,
    message: 'this case sends nothing to the sink',
    why: 'a sink does something only when rows come',
    hint: 'Add rows: [ { … } ]',
  });
}

function sendMode(fields: Fields): SendMode {
  const value = fields.value('send');
  if (value === null) return 'each';
  const mode = SEND_MODES.find((one) => value.type === 'string' && one === value.value);
  if (mode) return mode;
  const text = value.type === 'string' ? value.value : '';
  fields.mistakes.unknownKey(text, value, SEND_MODES, 'send');
  return 'each';
}

function acks(fields: Fields): SinkCase['acks'] {
  const one = fields.object('acks');
  if (one === null) return null;
  one.only(['ok', 'errors'], 'acks');
  return { ok: one.integer('ok', 0) ?? 0, errors: one.integer('errors', 0) ?? 0 };
}

function written(fields: Fields): WrittenFile[] {
  const value = fields.value('wrote');
  if (value === null) return [];
  const nodes = value.type === 'array' ? fields.filledList('wrote') : [value];
  return nodes.flatMap((node) => {
    const example = 'wrote: { file: "{dir}/out.txt", lines: [ … ] }';
    const one = fields.item(node, 'wrote', example);
    return one ? writtenFile(one) : [];
  });
}

const CONTENTS = ['lines', 'text', 'json', 'contains'] as const;

function writtenFile(one: Fields): WrittenFile[] {
  one.only(['file', ...CONTENTS], 'wrote');
  const file = one.text('file', '"{dir}/out.txt"');
  const [kind, second] = CONTENTS.filter((key) => one.has(key));
  if (!one.has('file') || kind === undefined || second !== undefined) {
    one.mistakes.add({
      rule: 'case-missing-key',
      at: (second && one.member(second)?.keySpan) || {
        start: one.node.start,
        end: one.node.start + 1,
      },
      message: second
        ? `${second} stands beside ${kind}`
        : `wrote needs ${kind === undefined ? CONTENTS.join(' or ') : 'file'}`,
      why: 'it names one file, and one way to look into it',
      hint: 'Write for example wrote: { file: "{dir}/out.txt", lines: [ … ] }; a list for several',
    });
    return [];
  }
  const content = contentOf(one, kind);
  return file === null || content === null ? [] : [{ file, content }];
}

function contentOf(one: Fields, kind: (typeof CONTENTS)[number]): WrittenFile['content'] | null {
  const { mistakes } = one;
  if (kind === 'lines') {
    const lines = (one.list('lines') ?? []).map((node) => compilePattern(node, mistakes));
    return { is: 'lines', lines };
  }
  const pattern = kind === 'contains' ? null : one.pattern(kind);
  if (kind === 'text') return pattern && { is: 'text', text: pattern };
  if (kind === 'json') return pattern && { is: 'json', json: pattern };
  const value = one.value('contains');
  const nodes = value?.type === 'array' ? one.filledList('contains') : value ? [value] : [];
  const texts = nodes.flatMap((node) => {
    if (node.type === 'string' && node.value !== '') return [node.value];
    mistakes.wrongType(node, 'contains', 'text', 'contains: "a part of it"');
    return [];
  });
  return { is: 'contains', texts };
}

const REQUEST_KEYS = ['method', 'path', 'headers', 'body'];

function received(fields: Fields): readonly Pattern[] | null {
  if (!fields.has('received')) return null;
  return (fields.list('received') ?? []).flatMap((node) => {
    const example = '{ method: POST, path: /rows, body: { … } }';
    const one = fields.item(node, 'an item of received', example);
    if (one === null) return [];
    one.only(REQUEST_KEYS, 'a request');
    return [compilePattern(withLowerHeaders(one), fields.mistakes)];
  });
}

/** Node gives the names of headers in lower case. */
function withLowerHeaders({ node }: Fields): Fields['node'] {
  const members = node.members.map((member) => {
    const { value } = member;
    if (member.key !== 'headers' || value.type !== 'object') return member;
    const lowered = value.members.map((one) => ({
      ...one,
      key: one.key.startsWith('$') ? one.key : one.key.toLowerCase(),
    }));
    return { ...member, value: { ...value, members: lowered } };
  });
  return { ...node, members };
}
