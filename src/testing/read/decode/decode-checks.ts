import { plainValue } from '../../../model/json/plain.ts';
import {
  FOLDER_OF,
  type PluginSymbol,
  SYMBOL_KINDS,
  type SymbolKind,
} from '../../../model/symbol.ts';
import { type CheckPlan, type CheckSettings, symbolKey } from '../../case/case.ts';
import { CHECK_NAMES } from '../../checks/names.ts';
import { needsArgs } from './decode-function.ts';
import type { Fields } from './fields.ts';

const KEYS: Record<SymbolKind, readonly string[]> = {
  source: ['confKey', 'config', 'dataSource'],
  sink: ['config', 'rows'],
  function: ['args'],
};

/** What one file says about the built-in checks; `known` reports a symbol that the manifest does not have. */
export function decodeChecks(
  fields: Fields,
  known: (symbol: PluginSymbol, at: Fields['node'] | { start: number; end: number }) => void,
): CheckPlan {
  fields.only(['skip', ...Object.values(FOLDER_OF)], 'checks');
  const settings = new Map<string, CheckSettings>();
  for (const kind of SYMBOL_KINDS) {
    for (const { key: name, keySpan, value } of fields.object(FOLDER_OF[kind])?.node.members ??
      []) {
      const one = fields.item(value, name, `${name}: { ${KEYS[kind].join(', ')} }`);
      if (one === null) continue;
      known({ kind, name }, keySpan);
      one.only(KEYS[kind], `the checks of a ${kind}`);
      if (kind === 'function') needsArgs(one, 'the checks of a function');
      settings.set(symbolKey({ kind, name }), settingsOf(one));
    }
  }
  return { skip: skipped(fields), settings };
}

function skipped(fields: Fields): string[] {
  return (fields.list('skip') ?? []).flatMap((node) => {
    const name = node.type === 'string' ? node.value : '';
    if (CHECK_NAMES.some((one) => one === name)) return [name];
    fields.mistakes.unknownKey(name, node, CHECK_NAMES, 'skip');
    return [];
  });
}

function settingsOf(one: Fields): CheckSettings {
  return {
    confKey: one.text('confKey', 'default'),
    config: one.settings('config'),
    dataSource: one.text('dataSource', 'topic'),
    rows: one.has('rows') ? one.filledList('rows').map(plainValue) : null,
    args: one.list('args')?.map(plainValue) ?? null,
  };
}
