import { pathToFileURL } from 'node:url';
import { manifestOf, type Sample, type Use, usualUse } from '../sample.ts';

const SDK = pathToFileURL('dist/sdk/index.js').href;

interface Parts {
  readonly id: string;
  readonly does: string;
  /** The function, or the methods of the source or sink. */
  readonly symbol: string;
  readonly before?: string;
}

/** A plugin with kplugin/sdk. */
function node(kind: Use['kind'], { id, does, symbol, before = '' }: Parts): Sample {
  const program = `#!/usr/bin/env node
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlugin } from ${JSON.stringify(SDK)};
${before}
startPlugin({ name: '${id}', ${kind}s: { ${id}: ${symbol} } });
`;
  return {
    id,
    does,
    language: 'typescript',
    use: usualUse(kind, id),
    files: {
      [`${id}.json`]: manifestOf(id, kind, { language: 'go', executable: 'main.mjs' }),
      ...(kind === 'source' && { [`sources/${id}.yaml`]: 'default: {}\n' }),
      'main.mjs': { text: program, mode: 0o755 },
    },
  };
}

const SINK =
  "collect({ rows }, { config }) { for (const row of rows) appendFileSync(config.path ?? '/dev/null', JSON.stringify(row) + '\\n'); }";

/** TypeScript plugins. */
export const TYPESCRIPT: readonly Sample[] = [
  node('function', { id: 'kpv_ts_fn', does: 'a function', symbol: '([a]) => a' }),
  node('function', {
    id: 'kpv_ts_fn_async',
    does: 'a function that answers after 50 ms',
    symbol: 'async ([a]) => { await sleep(50); return a; }',
  }),
  node('source', {
    id: 'kpv_ts_src',
    does: 'a source',
    symbol:
      '{ async open({ emit, signal }) { for (;;) { await emit({ a: 1 }); await sleep(100, undefined, { signal }); } } }',
  }),
  node('sink', { id: 'kpv_ts_snk', does: 'a sink', symbol: `{ ${SINK} }` }),
  node('function', {
    id: 'kpv_ts_fn_throws',
    does: 'every call throws',
    symbol: "() => { throw new Error('boom'); }",
  }),
  node('source', {
    id: 'kpv_ts_src_throws',
    does: 'open throws after a row',
    symbol: "{ async open({ emit }) { await emit({ a: 1 }); throw new Error('camera away'); } }",
  }),
  node('sink', {
    id: 'kpv_ts_snk_throws',
    does: 'collect throws',
    symbol: "{ collect() { throw new Error('no disk'); } }",
  }),
  node('function', {
    id: 'kpv_ts_rejects',
    does: 'an unhandled rejection at each call',
    symbol: "([a]) => { void Promise.reject(new Error('unseen')); return a; }",
  }),
  node('function', {
    id: 'kpv_ts_undefined',
    does: 'reads a property of undefined at its start',
    symbol: '([a]) => a',
    before: 'const settings = undefined;\nconsole.log(settings.port);',
  }),
];
