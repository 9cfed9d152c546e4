import { EXIT, KpluginError } from '../../model/error.ts';
import type { PluginSymbol } from '../../model/symbol.ts';

/** A plugin of the command line. */
export interface Named {
  /** The path as it was typed. */
  readonly label: string;
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
}

/** Throws exit 2 for two plugins with the same name, because the second would replace the first. */
export function refuseDuplicates(plugins: readonly Named[]): void {
  for (const [at, { name, label }] of plugins.entries()) {
    const first = plugins.slice(0, at).find((one) => one.name === name);
    if (first === undefined) continue;
    throw new KpluginError({
      code: 'same-plugin-twice',
      exit: EXIT.usage,
      message: `${first.label} and ${label} are both the plugin ${name}`,
      reason: 'a host has one plugin of a name: its control socket is named after it',
      hint: 'name one of them, or serve them with two hosts after renaming one',
    });
  }
}

/** A warning for each symbol of several plugins: eKuiper does not check that, and the last one wins. */
export function sharedSymbols(plugins: readonly Named[]): string[] {
  const owners = new Map<string, string[]>();
  for (const { name, symbols } of plugins) {
    for (const { kind, name: symbol } of symbols) {
      const key = `${kind} ${symbol}`;
      owners.set(key, [...(owners.get(key) ?? []), name]);
    }
  }
  return [...owners]
    .filter(([, names]) => names.length > 1)
    .map(([symbol, names]) => `${symbol} is in ${names.join(' and ')}: ${names.at(-1)} has it`);
}
