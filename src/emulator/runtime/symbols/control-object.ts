import { unsupportedByJson } from '../../../model/json/unsupported.ts';
import type { RuleMeta, SymbolConfig } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';

/** The argument of `start` and `stop`; `func` is eKuiper's name in the protocol (docs/wire.md#commands). */
export interface Control {
  readonly symbolName: string;
  readonly meta: RuleMeta;
  readonly pluginType: 'source' | 'sink' | 'func';
  /** The topic next to the configuration, as 1.14 sends it; absent when empty. */
  readonly dataSource?: string;
  /** Absent when empty, like Go's omitempty. */
  readonly config?: SymbolConfig;
}

/** The meta of every function: functions belong to no rule (docs/ekuiper.md#functions-after-an-update). */
export const NO_RULE: RuleMeta = { ruleId: '', opId: '', instanceId: 0 };

/** Encodes a command for the control channel: its argument is JSON text inside JSON. */
export function commandText(cmd: 'start' | 'stop', control: Control): string {
  return JSON.stringify({ cmd, arg: controlText(control) });
}

/**
 * Encodes the control object like Go: fields in order, the keys of the configuration sorted at every level. Throws
 * HostRefusal for values without JSON form: .nan, .inf, a YAML map with keys that are no text.
 */
export function controlText({ symbolName, meta, pluginType, dataSource, config }: Control): string {
  const { ruleId, opId, instanceId } = meta;
  return JSON.stringify({
    symbolName,
    meta: { ruleId, opId, instanceId },
    pluginType,
    ...(dataSource ? { dataSource } : {}),
    ...(config && Object.keys(config).length > 0 ? { config: sorted(config) } : {}),
  });
}

/** The key by which started symbols are remembered. */
export function metaKey({ ruleId, opId, instanceId }: RuleMeta): string {
  return JSON.stringify([ruleId, opId, instanceId]);
}

function sorted(value: unknown): unknown {
  const unsupported = unsupportedByJson(value);
  if (unsupported !== null) throw new HostRefusal(`json: ${unsupported}`);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, one]) => [key, sorted(one)]));
}
