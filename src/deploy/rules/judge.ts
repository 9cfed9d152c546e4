import type { HostInfo } from '../../client/answers.ts';
import { has } from '../../model/behaviours.ts';
import { showsLife } from './receiving.ts';
import type { RuleUse } from './use.ts';
import type { RuleVerdict } from './watched.ts';

/**
 * Returns the rules which show that a plugin is dead after a change: they received rows right before it and none
 * since. Empty as soon as one rule shows that the plugin works: then eKuiper lost the functions of the other rules in
 * the update (docs/ekuiper.md#functions-after-an-update), and it would lose those of the previous version in the same
 * way.
 * On 1.x there is no other evidence. A rule that receives no rows counts. So does a rule that only throws, because the
 * error texts of a lost function and of a dead process are the same (seen on 1.14.7). Rows that came in and neither
 * threw nor went out were filtered, or wait in a window.
 * On 2.x the status shows that the process lives, and a function that throws was lost
 * (docs/ekuiper.md#functions-after-an-update): a rollback would not help. But a source restarts by itself after an
 * update (docs/ekuiper.md#dead-plugins), and a process that ended with exit code 0 is still reported as running. So on
 * 2.x only a source of the plugin that sends no rows counts.
 */
export function silencedRules(
  uses: readonly RuleUse[],
  verdicts: readonly RuleVerdict[],
  { version }: HostInfo,
): readonly RuleVerdict[] {
  const telling = uses.filter(showsLife).flatMap((use) => {
    const verdict = verdicts.find(({ rule }) => rule === use.rule);
    return verdict === undefined ? [] : [{ verdict, hasSource: hasSource(use) }];
  });
  const isAlive = telling.some(
    ({ verdict, hasSource }) => verdict.state === 'answers' || (hasSource && verdict.cameIn),
  );
  if (isAlive) return [];
  return telling
    .filter(({ verdict }) => verdict.rowsBefore && !isByHand(verdict))
    .filter(({ verdict, hasSource }) => {
      const isSilent = verdict.state === 'quiet' && !verdict.cameIn;
      return has(version, 'reports-status')
        ? isSilent && hasSource
        : isSilent || verdict.state === 'fails';
    })
    .map(({ verdict }) => verdict);
}

/** The rules that {@link silencedRules} may return on this eKuiper. */
export function canBeSilenced({ version }: HostInfo): (use: RuleUse) => boolean {
  return (use) => (has(version, 'reports-status') ? hasSource(use) : showsLife(use));
}

function hasSource({ symbols }: RuleUse): boolean {
  return symbols.some(({ kind }) => kind === 'source');
}

/** Whether a user stopped or deleted the rule meanwhile. */
function isByHand({ state, words }: RuleVerdict): boolean {
  return state === 'fails' && /canceled manually|the rule is gone/.test(words);
}
