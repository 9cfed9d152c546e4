import type { Action } from '../../cli/command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { severityText } from '../../cli/output/severity-text.ts';
import type { Style } from '../../cli/output/style.ts';
import type { MessageRow } from '../../client/messages/row.ts';
import { MESSAGE_ROWS, translate } from '../../client/messages/translate.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { RULE_GROUPS, RULES } from '../../lint/rules/index.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { explain } from './command.ts';

const COLUMNS = 90;

/** Nobody pastes more than a message. */
const LONGEST = 4096;

/** The codes of refusals are these with a word in front: `host-refused-no-handshake`. */
const PREFIX = 'host-refused-';

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

/** The message of eKuiper that an id, the code of an error or its own words mean; null when there is none. */
function messageNamed(text: string): MessageRow | null {
  const id = text.toLowerCase().replace(PREFIX, '');
  const named = MESSAGE_ROWS.find((row) => row.id === id);
  return named ?? (/\s/.test(text.trim()) ? messageOf(text.slice(0, LONGEST)) : null);
}

/** As a host's answer is explained; else the first that has these words in it. */
function messageOf(text: string): MessageRow | null {
  const words = text.trim().toLowerCase();
  return (
    MESSAGE_ROWS.find(({ pattern }) => pattern.test(text)) ??
    MESSAGE_ROWS.find(({ says }) => says.toLowerCase().includes(words)) ??
    null
  );
}

/** The ids as people meet them, in the codes of errors. */
function messageCodes(): readonly string[] {
  return MESSAGE_ROWS.map(({ id }) => `${PREFIX}${id}`);
}

/** A message with what it means, as for a host whose address is not known. */
function messageData({ id, says }: MessageRow): {
  readonly message: string;
  readonly says: string;
  readonly cause: string;
  readonly next: string;
} {
  const known = translate(says, { host: '<host>', plugin: null, source: null, version: '' });
  // What the reader fills in is no word of a shell yet.
  const filledIn = (text: string): string => text.replaceAll("'<host>'", '<host>');
  return {
    message: `${PREFIX}${id}`,
    says,
    cause: filledIn(known?.cause ?? ''),
    next: filledIn(known?.next ?? ''),
  };
}

/** A message in full: what eKuiper says, why, and what to do. */
function messageText(row: MessageRow, style: Style): string {
  const { message, says, cause, next } = messageData(row);
  return [
    style.bold(message),
    `${style.bold('What eKuiper says')}\n${says.replace(/^/gm, '  ')}`,
    `${style.bold('Why')}\n${wrapped(cause)}`,
    `${style.bold('What to do')}\n${wrapped(next)}\n`,
  ].join('\n\n');
}

/** A rule in full: meaning, reason, issues, examples. */
function explanationText(rule: Rule, style: Style): string {
  const { means, why, issues, bad, good } = rule.explanation;
  const parts = [
    `${style.bold(rule.id)}  ${severityText(rule.severity, style)}`,
    wrapped(means),
    `${style.bold('What eKuiper does')}\n${wrapped(why)}`,
    issues.length > 0 ? `${style.bold('Issues')}\n${issues.map(issueLink).join('\n')}` : '',
    `${style.red('Bad')}\n${indent(bad)}`,
    `${style.green('Good')}\n${indent(good)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Every rule by group, one line each. */
function ruleListText(groups: Readonly<Record<string, readonly Rule[]>>, style: Style): string {
  const width = Math.max(
    ...Object.values(groups).flatMap((rules) => rules.map(({ id }) => id.length)),
  );
  return Object.entries(groups)
    .filter(([, rules]) => rules.length > 0)
    .map(([group, rules]) => {
      const lines = rules.map(
        ({ id, severity }) => `  ${id.padEnd(width)}  ${severityText(severity, style)}`,
      );
      return `${style.bold(group)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** Breaks a paragraph at spaces into lines that fit a terminal. */
function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= COLUMNS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function issueLink(issue: string): string {
  return `https://github.com/lf-edge/ekuiper/issues/${issue.replace('#', '')}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
