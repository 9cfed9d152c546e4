import { builtinFunctions } from './builtin-functions.ts';
import type { PluginSymbol } from './symbol.ts';
import { atLeast, type Target } from './target.ts';

/** Which builds of eKuiper have a built-in: all, all but `core`, or only `full` (and `edgex`) images. */
export type BuiltinReach = 'every build' | 'every build but core' | 'full builds';

/** Name → builds; `since` where a later line brought it, `until` where one took it away. */
interface Builtin {
  readonly reach: BuiltinReach;
  readonly since?: Target;
  readonly until?: Target;
}

const ALL: Builtin = { reach: 'every build' };
const NOT_CORE: Builtin = { reach: 'every build but core' };
const FULL: Builtin = { reach: 'full builds' };

const SOURCES = new Map<string, Builtin>([
  ...each('mqtt httppull httppush file memory neuron websocket simulator', ALL),
  ['nexmark', { ...ALL, since: '2.3' }],
  ...each('redis redisSub', NOT_CORE),
  ...each('edgex video kafka sql', FULL),
  ['zmq', { ...FULL, since: '2.0' }],
  ['random', { ...FULL, until: '1.14' }],
]);

const SINKS = new Map<string, Builtin>([
  ...each('log logToMemory mqtt rest nop memory neuron file websocket', ALL),
  ['sse', { ...ALL, since: '2.4' }],
  ...each('redis redisPub', NOT_CORE),
  ...each('edgex kafka image influx influx2 sql', FULL),
  ['zmq', { ...FULL, since: '2.0' }],
]);

/**
 * Whether eKuiper has a source, sink or function of this name itself, and in which builds; null when it has none.
 * Names: what `internal/binder/io` of the six patch levels in TARGETS registers, lookup sources included;
 * functions: see {@link builtinFunctions}.
 */
export function builtinReach(symbol: PluginSymbol, target: Target): BuiltinReach | null {
  if (symbol.kind === 'function') {
    return builtinFunctions(target).has(symbol.name.toLowerCase()) ? ALL.reach : null;
  }
  const found = (symbol.kind === 'source' ? SOURCES : SINKS).get(symbol.name);
  if (!found) return null;
  const come = atLeast(target, found.since ?? '1.14');
  const gone = found.until !== undefined && target !== found.until && atLeast(target, found.until);
  return come && !gone ? found.reach : null;
}

function each(names: string, builtin: Builtin): [string, Builtin][] {
  return names.split(' ').map((name) => [name, builtin]);
}
