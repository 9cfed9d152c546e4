import { TARGET_NAMES, type Target } from '../../../src/model/target.ts';

/** A log of ours that may differ from the recorded one, and why that is right. */
export interface LogException {
  readonly reason: string;
  readonly targets: readonly Target[];
  readonly cases: readonly string[];
  /** What of a log is still compared. */
  readonly of: (log: readonly string[]) => readonly string[];
}

type Lines = readonly string[];

const is = (word: string) => (line: string) => line.startsWith(`["${word}"`);
const without =
  (...words: readonly string[]) =>
  (log: Lines): Lines =>
    log.filter((line) => !words.some((word) => is(word)(line)));
/** Without the lines of the second kind that come before the last of the first kind. */
const withoutBefore =
  (end: string, word: string) =>
  (log: Lines): Lines => {
    const until = log.findLastIndex(is(end));
    return log.filter((line, index) => index > until || !is(word)(line));
  };
/** From the first line of that kind on. */
const from =
  (word: string) =>
  (log: Lines): Lines =>
    log.slice(Math.max(0, log.findIndex(is(word))));

export const LOG_EXCEPTIONS: readonly LogException[] = [
  {
    reason: '2.3 and 2.4 answer the DELETE of a rule before its sink is stopped',
    targets: ['2.3', '2.4'],
    cases: ['yaml.update'],
    of: without('snk.close'),
  },
  {
    reason:
      'the recorded restart came while the new process was being told of its sink, whose start failed thereby',
    targets: ['2.4'],
    cases: ['upgrade.two.put.restartrule'],
    of: without('snk.open', 'snk.close'),
  },
  {
    reason:
      'how many rows flow between an update and the restart of the rule is a matter of milliseconds',
    targets: TARGET_NAMES,
    cases: ['upgrade.one.put.restartrule', 'upgrade.two.put.restartrule'],
    // Each in its own row of events: a row may reach the old sink while the new rule is checked, or while it is closed.
    of: (log) =>
      withoutBefore('fn.validate', 'fn.exec')(withoutBefore('snk.open', 'snk.collect')(log)),
  },
  {
    reason:
      'the log was cleared while the updated process was being told its symbols, and then it was ended',
    targets: TARGET_NAMES,
    cases: ['upgrade.one.kuiper.restart', 'upgrade.two.kuiper.restart'],
    of: from('argv'),
  },
  {
    reason:
      'the log was cleared while the source of the deleted rule was being started again; on 2.3.1 its rows came to the new rule, too',
    targets: ['2.3', '2.4'],
    cases: ['yaml.update.confkeys'],
    of: (log) =>
      [...new Set(log.filter((line) => /"(fn.validate|src.configure|snk.\w+)"/.test(line)))].filter(
        (line) => !line.includes('"camelkey": "v", "count": 3') && !line.includes('{\\"d\\":4,'),
      ),
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: with a rule running 1.14.7 mostly takes the dying process for a running one, and this host always; in this record it noticed',
    targets: ['1.14'],
    cases: ['rule.put.while.running', 'functions.two.update'],
    of: (log) => log.slice(0, log.findLastIndex(is('argv')) || log.length),
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: the recorded 1.14.7 started no process for the rule, as its answer says',
    targets: ['1.14'],
    cases: ['yaml.update.confkeys'],
    of: (log) => (log.some(is('fn.validate')) ? [] : log),
  },
  {
    reason: '1.14.7 was updated before it noticed that the source of the deleted rule had ended',
    targets: ['1.14'],
    cases: ['yaml.update'],
    of: (log) => {
      const extra = log.findIndex(
        (line, index) => is('src.open')(line) && is('src.close')(log[index + 1] ?? ''),
      );
      return log.filter((_, index) => extra === -1 || index < extra - 1 || index > extra + 1);
    },
  },
  {
    reason:
      'eKuiper asks the new process what the crashed one did not answer; this host knows at once that it is dead',
    targets: TARGET_NAMES,
    cases: ['crash.put'],
    of: (log) => {
      const asked = log.findIndex((line) => line.startsWith('["fn.exec", [1]'));
      const collected = log.findIndex((line) => line.includes('{\\"d\\":2,'));
      const again = log.filter((line) => line.startsWith('["fn.exec", [1]')).length > 1;
      return again ? log.filter((_, index) => index !== asked && index !== collected) : log;
    },
  },
];

/** The exception for a case's logs, or null. */
export function logExceptionFor(target: Target, caseName: string): LogException | null {
  const found = LOG_EXCEPTIONS.find(
    (one) => one.targets.includes(target) && one.cases.includes(caseName),
  );
  return found ?? null;
}
