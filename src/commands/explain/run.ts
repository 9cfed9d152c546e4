import type { Action } from '../../cli/command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { Rule } from '../../lint/rule.ts';
import { RULE_GROUPS, RULES } from '../../lint/rules/index.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { explain } from './command.ts';
import { explanationText, ruleListText } from './explain-text.ts';
import { messageCodes, messageData, messageNamed, messageText } from './message-text.ts';

/** `kplugin explain`: one rule in full, or the list of all. */
export const run: Action<typeof explain.flags> = async ({ args }) => {
  const [wanted] = args;
  if (wanted === undefined) return listed();
  const rule = RULES.find(({ id }) => id === wanted.toLowerCase());
  if (!rule) return explainedMessage(wanted);
  return { data: dataOf(rule), human: (style) => explanationText(rule, style) };
};

/** What is no rule may be the code of an error: a message of eKuiper. */
function explainedMessage(wanted: string): Outcome {
  const message = messageNamed(wanted);
  if (message === null) throw unknown(wanted);
  return { data: messageData(message), human: (style) => messageText(message, style) };
}

function listed(): Outcome {
  const groups = Object.entries(RULE_GROUPS).filter(([, rules]) => rules.length > 0);
  return {
    data: {
      rules: groups.flatMap(([group, rules]) =>
        rules.map(({ id, severity, explanation }) => ({
          rule: id,
          group,
          severity,
          means: explanation.means,
        })),
      ),
    },
    human: (style) => ruleListText(RULE_GROUPS, style),
    next: ['kplugin explain <rule>'],
  };
}

function dataOf({ id, severity, explanation }: Rule): object {
  const [group] = Object.entries(RULE_GROUPS).find(([, rules]) =>
    rules.some((rule) => rule.id === id),
  ) ?? [null];
  return { rule: id, group, severity, ...explanation };
}

function unknown(wanted: string): KpluginError {
  const ids = [...RULES.map(({ id }) => id), ...messageCodes()];
  const word = wanted.toLowerCase();
  const meant = closest(word, ids);
  const similar = meant ? [meant] : ids.filter((id) => word.length > 2 && id.includes(word));
  return new KpluginError({
    code: 'rule-unknown',
    exit: EXIT.usage,
    message: `there is no rule or message "${wanted}"`,
    hint:
      similar.length > 0
        ? similar.map((id) => `kplugin explain ${id}`).join('\n')
        : 'kplugin explain\n(lists all rules)',
  });
}
