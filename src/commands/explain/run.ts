import type { Action } from '../../cli/command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { severityText } from '../../cli/output/findings-text.ts';
import { bad, bold, good, type View } from '../../cli/output/view.ts';
import { DEFECTS, type Defect } from '../../doctor/host/defect-table.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { RULE_GROUPS, RULES } from '../../lint/rules/index.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { CATALOGUE } from '../../model/error-catalogue.ts';
import type { ErrorEntry } from '../../model/errors/entry.ts';
import { CHECKS, isCheckName } from '../../testing/checks/check.ts';
import type { command } from './command.ts';
import {
  alsoMessage,
  explainedMessage,
  explanation,
  indented,
  MESSAGE_CODES,
} from './explanation.ts';

/** The code of a version's defect in `doctor --json`. */
const defectCode = ({ id }: Defect): string => `host-defect-${id}`;

/**
 * The codes that can be explained, besides rules and messages of eKuiper: error codes, findings in case files, and
 * those of `doctor`.
 */
export const CODES: readonly string[] = [...CATALOGUE.keys(), ...DEFECTS.map(defectCode)];

/** `kplugin explain`: explains one rule, code or message, or lists all rules. */
export const run: Action<typeof command.flags> = async ({ args }) => {
  const [wanted] = args;
  if (wanted === undefined) return listed();
  const found = explained(wanted);
  if (found === null) throw unknown(wanted);
  return found;
};

/** Explains an id (may be in brackets) or a message; null when it is unknown. */
export function explained(wanted: string): Outcome | null {
  const id = wanted
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '');
  return explainedRule(id) ?? explainedCode(id) ?? explainedCheck(id) ?? explainedMessage(wanted);
}

function explainedRule(id: string): Outcome | null {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) return null;
  return { data: dataOf(rule), view: () => ruleViews(rule), ...alsoMessage(id) };
}

function explainedCheck(id: string): Outcome | null {
  if (!isCheckName(id)) return null;
  const does = CHECKS[id];
  return {
    data: { check: id, does },
    view: () =>
      explanation(bold(id), [
        ['A built-in check of kplugin test', does],
        ['To run it alone', `kplugin test . ${id}`],
        ['To leave it out', `kplugin test . --skip ${id}`],
      ]),
  };
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
    view: () => groups.map(([group, rules]) => groupView(group, rules)),
    next: [
      'kplugin explain <rule>',
      'kplugin explain <code of an error>',
      'kplugin explain "<message of eKuiper>"',
    ],
  };
}

function dataOf({ id, severity, explanation }: Rule): object {
  const [group] = Object.entries(RULE_GROUPS).find(([, rules]) =>
    rules.some((rule) => rule.id === id),
  ) ?? [null];
  return { rule: id, group, severity, ...explanation };
}

function unknown(wanted: string): KpluginError {
  const ids = [...RULES.map(({ id }) => id), ...CODES, ...MESSAGE_CODES];
  const word = wanted.toLowerCase();
  const meant = closest(word, ids);
  const similar = meant ? [meant] : ids.filter((id) => word.length > 2 && id.includes(word));
  return new KpluginError({
    code: 'rule-unknown',
    exit: EXIT.usage,
    message: `there is no rule, code or message "${wanted}"`,
    hint:
      similar.length > 0
        ? similar.map((id) => `kplugin explain ${id}`).join('\n')
        : 'kplugin explain\n(lists all rules)',
  });
}

/** A rule: meaning, reason, issues, examples. */
function ruleViews(rule: Rule): readonly View[] {
  const { means, why, issues, bad: wrong, good: right } = rule.explanation;
  return explanation(
    [bold(rule.id), '  ', severityText(rule.severity)],
    [
      [null, means],
      ['What eKuiper does', why],
      ['Issues', issues.map(issueLink).join('\n')],
      [bad('Bad'), indented(wrong)],
      [good('Good'), indented(right)],
    ],
  );
}

/** The rules of a group, one line each; the columns are aligned with those of other groups. */
function groupView(group: string, rules: readonly Rule[]): View {
  return {
    title: bold(group),
    table: {
      rows: rules.map(({ id, severity }) => [id.padEnd(LONGEST_ID), severityText(severity)]),
    },
  };
}

const LONGEST_ID = Math.max(...RULES.map(({ id }) => id.length));

function issueLink(issue: string): string {
  return `https://github.com/lf-edge/ekuiper/issues/${issue.replace('#', '')}`;
}

/** Explains a code; null when it is unknown. */
function explainedCode(code: string): Outcome | null {
  const entry = CATALOGUE.get(code) ?? entryOfDefect(code);
  if (entry === null) return null;
  const { what, why, fix, commands } = entry;
  return {
    data: { code, ...entry },
    view: () =>
      explanation(bold(code), [
        [null, what],
        ['Why', why],
        ['What to do', fix],
        [null, indented(commands.join('\n'))],
      ]),
    ...alsoMessage(code),
  };
}

function entryOfDefect(code: string): (ErrorEntry & { readonly area: string }) | null {
  const defect = DEFECTS.find((one) => defectCode(one) === code);
  if (defect === undefined) return null;
  const { does, issues, kplugin, hint } = defect;
  const source = issues.length === 0 ? '' : ` (${issues.join(', ')})`;
  return {
    area: 'doctor',
    what: `A known defect of eKuiper, ${versionsOf(defect)}: ${does}${source}.`,
    why: `What kplugin does about it: ${kplugin}.`,
    fix: hint ?? 'Nothing has to be done.',
    commands: ['kplugin doctor --host <host>'],
  };
}

/** `before 1.8.0`, `1.8.0 and newer`. */
function versionsOf({ since, before }: Defect): string {
  const [first, fixed] = [since, before].map((version) => version?.join('.') ?? null);
  if (fixed === null) return first === null ? 'every version' : `${first} and newer`;
  return first === null ? `before ${fixed}` : `${first} and newer, before ${fixed}`;
}
