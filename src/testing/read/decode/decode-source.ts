import type { CommonKey, SourceCase } from '../../case/case.ts';
import type { Fields } from './fields.ts';

export const SOURCE_KEYS = [
  'confKey',
  'config',
  'dataSource',
  'messages',
  'rows',
  'each',
  'some',
  'meta',
  'error',
];

type Body = Omit<SourceCase, 'kind' | CommonKey>;

/** What a case of a source says beyond its name. */
export function decodeSource(fields: Fields): Body {
  const body: Body = {
    confKey: fields.text('confKey', 'default'),
    config: fields.settings('config'),
    dataSource: fields.text('dataSource', 'topic'),
    messages: fields.integer('messages', 1),
    rows: fields.patterns('rows'),
    each: fields.pattern('each'),
    some: fields.patterns('some'),
    meta: fields.patterns('meta'),
    error: fields.error(),
  };
  reportTooMany(fields, body);
  reportErrorBesideRows(fields);
  return body;
}

function reportTooMany(fields: Fields, { messages, rows, meta }: Body): void {
  if (messages === null) return;
  for (const [key, list] of [['rows', rows] as const, ['meta', meta] as const]) {
    if (list.length <= messages) continue;
    fields.mistakes.add({
      rule: 'case-never-holds',
      at: fields.member('messages')?.value ?? fields.node,
      message: `${key} lists ${list.length} messages, and the source is stopped after ${messages}`,
      why: 'the case could never pass',
      hint: `Write messages: ${list.length}, or leave messages out`,
    });
  }
}

function reportErrorBesideRows(fields: Fields): void {
  const expected = ['messages', 'rows', 'each', 'some', 'meta'].find((key) => fields.has(key));
  const member = fields.member('error');
  if (!member || expected === undefined) return;
  fields.mistakes.add({
    rule: 'case-never-holds',
    at: member.keySpan,
    message: `error stands beside ${expected}`,
    why: 'a source that fails to start sends no messages',
    hint: 'Remove one of them, or make two cases',
  });
}
