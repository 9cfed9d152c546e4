import type { PluginSymbol } from '../../model/symbol.ts';
import {
  type Case,
  type CheckPlan,
  type CheckSettings,
  symbolKey,
  symbolOf,
} from '../case/case.ts';
import type { KnownSettings } from './check.ts';

const NOTHING: CheckSettings = {
  confKey: null,
  config: {},
  dataSource: null,
  rows: null,
  args: null,
};

/** Returns the settings of the author, else those of the symbol's first case that is expected to succeed. */
export function settingsOf(
  symbol: PluginSymbol,
  plan: CheckPlan,
  cases: readonly Case[],
): KnownSettings {
  const key = symbolKey(symbol);
  const given = plan.settings.get(key);
  if (given) return { ...given, isGiven: true };
  for (const one of cases) {
    const settings = symbolKey(symbolOf(one)) === key ? settingsIn(one) : null;
    if (settings) return { ...settings, isGiven: true };
  }
  return { ...NOTHING, isGiven: false };
}

/** Null for a case that is expected to fail. */
function settingsIn(one: Case): CheckSettings | null {
  if (one.kind === 'function') {
    const call = one.calls.find(({ error }) => error === null);
    return call ? { ...NOTHING, args: call.args } : null;
  }
  if (one.error !== null) return null;
  if (one.kind === 'source') {
    const { confKey, config, dataSource } = one;
    return { ...NOTHING, confKey, config, dataSource };
  }
  const isGood = one.rows.length > 0 && (one.acks?.errors ?? 0) === 0;
  return isGood ? { ...NOTHING, config: one.config, rows: one.rows } : null;
}
