import type { Span } from '../../../model/json/node.ts';
import { is, type Token } from '../tokens/token.ts';

/** A name that a program takes from the Python SDK: `from ekuiper import Function as F`. */
export interface SdkImport {
  /** `ekuiper`, `ekuiper.function` */
  readonly module: string;
  /** The place of the module. */
  readonly from: Span;
  readonly name: string;
  /** The place of the name. */
  readonly at: Span;
  /** The name in the program. */
  readonly local: string;
  readonly localStart: number;
}

/** The names that a Python source takes from the SDK; those in brackets and over several lines as well. */
export function sdkImports(tokens: readonly Token[]): SdkImport[] {
  const found: SdkImport[] = [];
  for (const [at, token] of tokens.entries()) {
    const first = tokens[at + 1];
    if (!is(token, 'from') || !first || !is(first, 'ekuiper')) continue;
    let next = at + 2;
    while (is(tokens[next], '.')) next += 2;
    const from = { start: first.start, end: tokens[next - 1]?.end ?? first.end };
    const words = tokens.slice(at + 1, next).map(({ text }) => text);
    if (is(tokens[next], 'import'))
      found.push(...namesFrom(tokens, next + 1, words.join(''), from));
  }
  return found;
}

function* namesFrom(
  tokens: readonly Token[],
  at: number,
  module: string,
  from: Span,
): Generator<SdkImport> {
  let next = is(tokens[at], '(') ? at + 1 : at;
  for (let token = tokens[next]; token?.type === 'name'; token = tokens[next]) {
    const isRenamed = is(tokens[next + 1], 'as');
    const local = (isRenamed ? tokens[next + 2] : null) ?? token;
    const place = { start: token.start, end: token.end };
    const name = token.text;
    yield { module, from, name, at: place, local: local.text, localStart: local.start };
    next += isRenamed ? 3 : 1;
    if (is(tokens[next], ',')) next += 1;
  }
}

/** The names that the package `ekuiper` has, submodules included: the same in every release from 1.4.0 to 2.4.2. */
export const SDK_NAMES: readonly string[] = [
  'plugin',
  'PluginConfig',
  'Source',
  'Sink',
  'Function',
  'Context',
  'source',
  'sink',
  'function',
  'runtime',
  'name',
];

/** The modules below `ekuiper` and below `ekuiper.runtime`, in the same releases. */
export const SDK_MODULES: ReadonlySet<string> = new Set([
  'ekuiper',
  ...['source', 'sink', 'function', 'runtime'].map((name) => `ekuiper.${name}`),
  ...[
    'connection',
    'context',
    'contextimpl',
    'function',
    'plugin',
    'reg',
    'shared',
    'sink',
    'source',
    'symbol',
  ].map((name) => `ekuiper.runtime.${name}`),
]);

/** What can be called in the SDK's module `plugin`, in the same releases. */
export const PLUGIN_NAMES: readonly string[] = [
  'start',
  'PluginConfig',
  'init_vars',
  'command_reply',
  'PairChannel',
  'FunctionRuntime',
  'SinkRuntime',
  'SourceRuntime',
  'Function',
  'Sink',
  'Source',
];
