import type { Target } from '../../../src/model/target.ts';

/** An answer of ours that may differ from the recorded one, and why that is right. */
export interface Exception {
  readonly reason: string;
  readonly targets: readonly Target[] | 'all';
  /** Which recorded body it is about. */
  readonly recorded: RegExp;
  /** What ours may be then. */
  readonly ours: RegExp;
  readonly cases?: readonly string[];
}

const KILLED = /^{"refCount":{.*},"status":"error","errMsg":"signal: killed"}$/;

export const EXCEPTIONS: readonly Exception[] = [
  {
    reason:
      'docs/ekuiper.md#status: after a DELETE or PUT eKuiper says "stop" until it notices the end of the process; this host waits for it',
    targets: 'all',
    recorded: /^{"refCount":{.*},"status":"stop","errMsg":""}$/,
    ours: KILLED,
  },
  {
    reason: 'the same race after a handshake that never came: 2.3.1 was asked before it noticed',
    targets: ['2.3'],
    cases: ['run.wrongname'],
    recorded: /"errMsg":"receive time out"/,
    ours: KILLED,
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: just after a PUT 2.0.8 may not have noticed yet that the process which it killed is gone',
    targets: ['2.0'],
    cases: ['put.same'],
    recorded: /"status":"running"/,
    ours: KILLED,
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: with a rule running, 2.0.8 takes the dying process for a running one and does not start the new one at all',
    targets: ['2.0'],
    cases: ['delete.post.dies.running'],
    recorded: /^portable plugin probe is created$/,
    ours: /control handshake error: receive time out/,
  },
  {
    reason: 'and therefore lists what this host does not have',
    targets: ['2.0'],
    cases: ['delete.post.dies.running'],
    recorded: /^\[\{"name":"probe"/,
    ours: /^\[\]$/,
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: the recorded 1.14.7 had not noticed the end of the deleted rule when the update came, and started nothing; in upgrade.one.delrule.put.rule, where the same is asked, it had',
    targets: ['1.14'],
    cases: ['yaml.update.confkeys'],
    recorded: /error: receive time out\./,
    ours: /^Rule r1 was created successfully\.$/,
  },
  {
    reason:
      'docs/ekuiper.md#killed-by-an-update: the recorded 1.14.7 had started the new process, whose dead function was asked in vain before',
    targets: ['1.14'],
    cases: ['functions.two.update'],
    recorded: /error: can't send message on function rep socket: receive time out\./,
    ours: /error: receive time out\./,
  },
  {
    reason:
      'docs/ekuiper.md#removing-a-plugin-in-use, #dead-plugins: eKuiper 2.0 to 2.2 hang when a rule of a dead plugin is restarted; this host answers',
    targets: ['2.0', '2.1', '2.2'],
    recorded: /^TimeoutError\('timed out'\)$/,
    ours: /./,
  },
  {
    reason:
      'the recorded restart came while the new process was being told of its sink, whose start failed thereby',
    targets: ['2.4'],
    cases: ['upgrade.two.put.restartrule'],
    recorded: /SinkAckChannel/,
    ours: /validate function pfn error: time out, plugin probe status running, message: \./,
  },
];

/** The exception that covers a difference, or null. */
export function exceptionFor(
  target: Target,
  caseName: string,
  recorded: string,
  ours: string,
): Exception | null {
  const found = EXCEPTIONS.find(
    (one) =>
      (one.targets === 'all' || one.targets.includes(target)) &&
      (one.cases?.includes(caseName) ?? true) &&
      one.recorded.test(recorded) &&
      one.ours.test(ours),
  );
  return found ?? null;
}
