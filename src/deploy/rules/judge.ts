import type { HostInfo } from '../../client/answers.ts';
import { has } from '../../model/behaviours.ts';
import { showsLife } from './receiving.ts';
import type { RuleUse } from './use.ts';
import type { RuleVerdict } from './watched.ts';

/**
 * The rules that show a plugin to be dead after a change: they had rows right before it and have none since. Empty as
 * soon as one rule shows that it lives: then a rule without rows is one that eKuiper forgot in the update
 * (docs/ekuiper.md#functions-after-an-update), and the version before would be forgotten in the same way.
 *
 * On 1.x nothing else tells: a rule into which no row comes counts, and one that only throws, because the words for a
 * function that is lost and for one whose process is dead are the same (seen on 1.14.7). Rows that came in and neither
 * threw nor went out were filtered, or wait in a window.
 * On 2.x the status says that the process lives, and a function that throws is a lost one
 * (docs/ekuiper.md#functions-after-an-update): going back would not help. But a source starts again by itself after
 * an update (docs/ekuiper.md#dead-plugins), and a process that ended with exit code 0 goes on being called running: so
 * there a source of the plugin that is silent counts, and nothing else.
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

/** Which rules {@link silencedRules} may name at all on this eKuiper. */
export function canBeSilenced({ version }: HostInfo): (use: RuleUse) => boolean {
  return (use) => (has(version, 'reports-status') ? hasSource(use) : showsLife(use));
}

function hasSource({ symbols }: RuleUse): boolean {
  return symbols.some(({ kind }) => kind === 'source');
}

/** Somebody stopped or deleted the rule meanwhile. */
function isByHand({ state, words }: RuleVerdict): boolean {
  return state === 'fails' && /canceled manually|the rule is gone/.test(words);
}
