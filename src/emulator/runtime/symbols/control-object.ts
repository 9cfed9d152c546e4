import { unsupportedByJson } from '../../../model/json/unsupported.ts';
import type { RuleMeta, SymbolConfig } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';

/** What `start` and `stop` are about; `func` is eKuiper's word on the wire (docs/wire.md#commands). */
export interface Control {
  readonly symbolName: string;
  readonly meta: RuleMeta;
  readonly pluginType: 'source' | 'sink' | 'func';
  /** The topic beside the configuration, as 1.14 sends it; absent when empty. */
  readonly dataSource?: string;
  /** Absent when empty, as Go's omitempty leaves it out. */
  readonly config?: SymbolConfig;
}

/** A function belongs to no rule: all of them share this one (docs/ekuiper.md#functions-after-an-update). */
export const NO_RULE: RuleMeta = { ruleId: '', opId: '', instanceId: 0 };

/** The question that goes over the control channel: its argument is a JSON text inside of JSON. */
export function commandText(cmd: 'start' | 'stop', control: Control): string {
  return JSON.stringify({ cmd, arg: controlText(control) });
}

/**
 * The control object as Go marshals it: its fields in order, the keys of the configuration sorted at every level.
 * Throws HostRefusal for what JSON cannot hold: .nan, .inf, a map of a YAML file whose keys are no texts.
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

/** How commands are told apart when they are remembered. */
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
