import path from 'node:path';
import type { PluginSymbol } from '../../model/symbol.ts';
import {
  type Case,
  type CheckPlan,
  type CheckSettings,
  symbolKey,
  symbolOf,
} from '../case/case.ts';
import { bringsAlong, type Fixture, type FixtureOptions, openFixture } from '../run/fixture.ts';
import type { Fill } from '../run/placeholders.ts';
import type { Variables } from '../run/suite-state.ts';
import type { KnownSettings } from './check.ts';

const NO_SETTINGS: CheckSettings = {
  confKey: null,
  config: {},
  dataSource: null,
  rows: null,
  args: null,
};

interface Known extends CheckSettings {
  /** The case that they are from; null for those under `checks`. */
  readonly from: Case | null;
}

export interface CheckFixtures {
  /** The variables of the cases whose settings the checks use: the plugin is started with them. */
  readonly env: Variables;
  /** The settings of a symbol. `fill`: for those that bring nothing along. Throws CaseFailure, see CheckContext. */
  settings(symbol: PluginSymbol, fill: Fill): KnownSettings;
  close(): Promise<void>;
}

/** For a suite without checks. */
export const NO_CHECK_FIXTURES: CheckFixtures = {
  env: {},
  settings: (_, fill) => ({ ...NO_SETTINGS, isGiven: false, fill }),
  close: () => Promise.resolve(),
};

interface CheckFixturesOptions extends Omit<FixtureOptions, 'dir'> {
  readonly symbols: readonly PluginSymbol[];
  readonly plan: CheckPlan;
  readonly cases: readonly Case[];
  readonly scratch: string;
}

/**
 * Makes what the checks need to start symbols: the settings of the author, else those of the symbol's first case that is
 * expected to succeed, with what that case brings along.
 */
export async function openCheckFixtures(options: CheckFixturesOptions): Promise<CheckFixtures> {
  const { symbols, plan, cases, scratch } = options;
  const known = new Map(
    symbols.map((one) => [symbolKey(one), knownFor(one, plan, cases)] as const),
  );
  const fixtures = new Map<Case, Fixture | { readonly failure: unknown }>();
  for (const settings of known.values()) {
    const from = settings?.from ?? null;
    if (from === null || !bringsAlong(from)) continue;
    const dir = path.join(scratch, `checks_${fixtures.size + 1}`);
    fixtures.set(
      from,
      await openFixture(from, { ...options, dir }).catch((failure: unknown) => ({ failure })),
    );
  }
  const open = [...fixtures.values()].filter((one) => 'fill' in one);
  return {
    env: Object.assign({}, ...open.toReversed().map(({ env }) => env)),
    settings(symbol, fill) {
      const settings = known.get(symbolKey(symbol)) ?? null;
      if (settings === null) return { ...NO_SETTINGS, isGiven: false, fill };
      const fixture = settings.from && fixtures.get(settings.from);
      if (fixture && 'failure' in fixture) throw fixture.failure;
      return { ...settings, isGiven: true, fill: fixture?.fill ?? fill };
    },
    close: async () => {
      await Promise.all(open.map((one) => one.close()));
    },
  };
}

function knownFor(symbol: PluginSymbol, plan: CheckPlan, cases: readonly Case[]): Known | null {
  const key = symbolKey(symbol);
  const given = plan.settings.get(key);
  if (given) return { ...given, from: null };
  for (const from of cases) {
    const settings = symbolKey(symbolOf(from)) === key ? settingsIn(from) : null;
    if (settings) return { ...settings, from };
  }
  return null;
}

/** Null for a case that is expected to fail. */
function settingsIn(one: Case): CheckSettings | null {
  if (one.kind === 'function') {
    const call = one.calls.find(({ error }) => error === null);
    return call ? { ...NO_SETTINGS, args: call.args } : null;
  }
  if (one.error !== null) return null;
  if (one.kind === 'source') {
    const { confKey, config, dataSource } = one;
    return { ...NO_SETTINGS, confKey, config, dataSource };
  }
  const isGood = one.rows.length > 0 && (one.acks?.errors ?? 0) === 0;
  return isGood ? { ...NO_SETTINGS, config: one.config, rows: one.rows } : null;
}
