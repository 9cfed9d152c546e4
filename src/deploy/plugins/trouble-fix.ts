import type { HostAddress } from '../../client/http/address.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { RuleTrouble } from '../rules/trouble.ts';

/** A rule in trouble, and the command that fixes it where that is known. */
export interface FixableTrouble extends RuleTrouble {
  readonly fix?: string;
}

/**
 * Adds the fix. A rule that is down because a function was not found, although the plugin has it: eKuiper started the
 * rule before the plugin, after a restart of its own. A restart of the rule fixes it (seen on 2.4.0).
 */
export function withFix(
  trouble: RuleTrouble,
  functions: readonly string[],
  { origin, basePath }: HostAddress,
): FixableTrouble {
  const { rule, state, words } = trouble;
  if (state !== 'stopped' || !isMissed(words, functions)) return trouble;
  const url = `${origin}${basePath}/rules/${encodeURIComponent(rule)}/restart`;
  return { ...trouble, fix: `curl -X POST ${shellWord(url)}` };
}

function isMissed(words: string, functions: readonly string[]): boolean {
  const text = words.slice(0, 2000);
  const named = new Set(text.split(/[^A-Za-z0-9_]+/).map((word) => word.toLowerCase()));
  return /not found/i.test(text) && functions.some((name) => named.has(name.toLowerCase()));
}
