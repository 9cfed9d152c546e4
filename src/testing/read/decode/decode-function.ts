import { plainValue } from '../../../model/json/plain.ts';
import type { CommonKey, FunctionCall, FunctionCase } from '../../case/case.ts';
import type { Fields } from './fields.ts';

export const FUNCTION_KEYS = ['args', 'result', 'error', 'calls', 'aggregate', 'validate'];

type Body = Omit<FunctionCase, 'kind' | CommonKey>;

/** What a case of a function says beyond its name. */
export function decodeFunction(fields: Fields): Body {
  reportBeside(fields);
  const isConversation = fields.has('calls');
  const calls = isConversation ? conversation(fields) : fields.has('args') ? [call(fields)] : [];
  const aggregate = fields.boolean('aggregate');
  const validate = validation(fields);
  if (!['args', 'calls', 'aggregate', 'validate'].some((key) => fields.has(key))) nothing(fields);
  return { aggregate, validate, calls, isConversation };
}

function call(fields: Fields): FunctionCall {
  const result = fields.pattern('result');
  const error = fields.error();
  if (result && error) {
    fields.mistakes.add({
      rule: 'case-never-holds',
      at: fields.member('error')?.keySpan ?? fields.node,
      message: 'a call has a result or an error, never both',
      why: 'the case could never pass',
      hint: 'Remove one of them, or make two cases',
    });
  }
  return { args: argsOf(fields), result, error };
}

function argsOf(fields: Fields): readonly unknown[] {
  return (fields.list('args') ?? []).map(plainValue);
}

function conversation(fields: Fields): FunctionCall[] {
  return fields.filledList('calls').flatMap((node) => {
    const one = fields.item(node, 'a call', '{ args: [1], result: 2 }');
    if (one === null) return [];
    one.only(['args', 'result', 'error'], 'a call');
    needsArgs(one, 'a call');
    return [call(one)];
  });
}

function validation(fields: Fields): FunctionCase['validate'] {
  const one = fields.object('validate');
  if (one === null) return null;
  one.only(['args', 'error'], 'validate');
  needsArgs(one, 'validate');
  return { args: argsOf(one), error: one.error() };
}

/** Reports a call without a list of arguments. */
export function needsArgs(fields: Fields, what: string): void {
  if (fields.has('args')) return;
  fields.mistakes.add({
    rule: 'case-missing-key',
    at: { start: fields.node.start, end: fields.node.start + 1 },
    message: `${what} needs args`,
    why: 'a function is called with a list of arguments, if only an empty one',
    hint: 'Write for example args: []',
  });
}

function reportBeside(fields: Fields): void {
  const callsBeside = fields.has('calls')
    ? ['args', 'result', 'error'].map((key) => [key, 'calls'] as const)
    : [];
  const resultAlone = fields.has('args')
    ? []
    : ['result', 'error'].map((key) => [key, null] as const);
  for (const [key, beside] of [...callsBeside, ...(callsBeside.length > 0 ? [] : resultAlone)]) {
    const member = fields.member(key);
    if (!member) continue;
    fields.mistakes.add({
      rule: 'case-never-holds',
      at: member.keySpan,
      message: beside ? `${key} stands beside calls` : `${key} stands there without args`,
      why: beside ? 'each of the calls has its own' : 'no call is made that it could belong to',
      hint: beside ? `Move ${key} into one of the calls` : 'Add args: [ … ]',
    });
  }
}

function nothing(fields: Fields): void {
  fields.mistakes.add({
    rule: 'case-missing-key',
    at: fields.member('function')?.keySpan ?? fields.node,
    message: 'this case asks nothing of the function',
    why: 'it would pass whatever the function does',
    hint: 'Add args and result, calls, aggregate or validate',
  });
}
