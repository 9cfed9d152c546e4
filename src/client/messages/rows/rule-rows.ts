import { has } from '../../../model/behaviours.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import { type MessageRow, restartCommand, statusCommand } from './row.ts';

/**
 * Messages of eKuiper about functions that do not answer: in responses about rules and in exceptions of running rules.
 * Sources: docs/messages.md#rules-and-status; function.go at v2.4.0 and v1.14.7.
 */
export const FUNCTION_ROWS: readonly MessageRow[] = [
  {
    id: 'function-lost',
    says: 'invalid rule json: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: validate function pfn error: time out, plugin probe status running, message: .',
    pattern: /time out, plugin (\S+) status running, message: \./,
    cause: (part) =>
      `${part(1)} runs, and this function of it does not answer: after an update or a crash eKuiper starts only one function again and believes that the others run (#3784, #4077)`,
    next: (part) =>
      `restart eKuiper on the host, nothing else helps now; so that it never happens again, see: kplugin validate <dir of ${shellWord(part(1))}>`,
  },
  {
    id: 'function-killed',
    says: 'invalid rule json: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: time out, plugin probe status error, message: signal: killed.',
    pattern: /time out, plugin (\S+) status error, message: signal: killed\./,
    cause: (part, context) =>
      has(context.version, 'kills-on-every-other-update')
        ? `${part(1)} was killed: on eKuiper 2.0 every other update does that, and the next one starts it again`
        : `${part(1)} was killed (by hand, or for want of memory), and eKuiper never starts it again`,
    next: (part, context) => restartCommand(part(1), context),
  },
  {
    id: 'function-crashed',
    says: 'restart rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: validate function pfn error: time out, plugin probe status error, message: exit status 3.',
    pattern: /time out, plugin (\S+) status error, message: (exit status \d+|signal: \w+)\./,
    cause: (part) =>
      `${part(1)} ended (${part(2)}), and eKuiper never starts it again; rules that use it go on saying running`,
    next: (part, context) => restartCommand(part(1), context),
  },
  {
    id: 'function-sink-not-ready',
    says: 'validate function pfn error: time out, plugin probe status error, message: receive error: Traceback (most recent call last):\npynng.exceptions.ConnectionRefused: Connection refused\n.',
    pattern:
      /time out, plugin (\S+) status error, message: receive error: Traceback[\s\S]*ConnectionRefused/,
    cause: (part) =>
      `while the rule was restarted, ${part(1)} was told to start a sink or a source whose socket eKuiper had not opened yet`,
    next: () => 'restart the rule once more: POST /rules/<rule>/restart',
  },
  {
    id: 'function-plugin-error',
    says: 'time out, plugin probe status error, message: receive error: no such symbol.',
    pattern: /time out, plugin (\S+) status (?:error|stop|initializing), message: ([\s\S]*)/,
    cause: (part) => `${part(1)} does not run: ${part(2).trim() || 'eKuiper does not say why'}`,
    next: (part, context) => restartCommand(part(1), context),
  },
  {
    id: 'function-removed',
    says: 'validate function pfn error: plugin probe was removed',
    pattern: /plugin (\S+) was removed/,
    cause: (part) => `the rule uses a function of ${part(1)}, which is not installed any more`,
    next: (_, context) =>
      `delete the rule, or: kplugin install <dir|zip> --host ${shellWord(context.host)}`,
  },
  {
    id: 'function-unsent',
    says: "invalid rule json: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: can't send message on function rep socket: receive time out.",
    pattern: /can't send message on function rep socket/,
    cause: () =>
      'eKuiper 1.x has no connection to the function: the plugin ended, or was updated while a rule used it',
    next: (_, context) =>
      `kplugin restart ${pluginAt(context.plugin, context.host)}\nwhen it still does not answer, restart eKuiper`,
  },
  {
    id: 'function-silent',
    says: 'start rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: receive time out.',
    pattern: /Parse SQL .* error: receive time out/,
    cause: () =>
      'the function does not answer: after an update eKuiper 1.x may start the plugin without its functions (#3784, #4077)',
    next: (_, context) =>
      `kplugin restart ${pluginAt(context.plugin, context.host)}\nwhen it still does not answer, restart eKuiper`,
  },
  {
    id: 'function-bad-answer',
    says: 'Failed to unmarshal function result not json',
    pattern: /Failed to unmarshal function result (.*)/,
    cause: (part) => `the function answered what is not JSON: ${part(1)}`,
    next: () => 'kplugin test <dir>\n(shows what it answers)',
  },
  {
    id: 'function-refuses-arguments',
    says: 'validate function pfn error: validate return state is false, got &{State:false Result:<nil>}',
    pattern: /validate return state is false/,
    cause: () => 'the function refused its arguments without a word',
    next: () => 'kplugin test <dir>\n(shows what it says to them)',
  },
  {
    id: 'function-refused',
    says: 'invalid rule json: Parse SQL SELECT pfn() FROM s1 error: validate function pfn error: wants one argument.',
    pattern: /validate function (\S+) error: (.+)/,
    cause: (part) => `the function ${part(1)} refused its arguments: ${part(2)}`,
    next: () => 'give it what it wants in the SQL of the rule',
  },
  {
    id: 'ack-timeout',
    says: 'ack error: send time out',
    pattern: /ack error: send time out/,
    cause: () =>
      'the sink is built with a Go SDK of 1.14.0–2.2.1, which sends acknowledgements that nobody reads until its queue is full (#3815, #3820)',
    next: () =>
      'build it with a newer SDK: go get github.com/lf-edge/ekuiper/sdk/go@v0.0.0-20260519071446-36c985bfcb36',
  },
  {
    id: 'keep-alive',
    says: 'receive error: handshake',
    pattern: /receive error: handshake/,
    cause: () =>
      'the Python SDK 2.4 sends a keep-alive after 5 idle seconds, which eKuiper before 2.1.3 takes for an answer (#3967)',
    next: () => 'write ekuiper<2.4 into requirements.txt, or update eKuiper to 2.1.5 or newer',
  },
  {
    id: 'rule-not-found',
    says: 'Delete rule error: rule r1 not found',
    pattern: /rule (\S+) (?:is )?not found/i,
    cause: (part) => `the host has no rule ${part(1)}: somebody deleted it meanwhile`,
    next: () => 'GET /rules lists those that are there',
  },
  {
    id: 'symbol-undescribed',
    says: 'This plugin was not found:sources.psrc',
    pattern: /This plugin was not found:(?:\w+\.)?(\S+)/,
    cause: (part) =>
      `eKuiper has no description of ${part(1)}: its package has no ${part(1)}.json for it, or removing another plugin with that symbol took it away`,
    next: (_, context) =>
      `kplugin doctor --host ${shellWord(context.host)}\nkplugin validate <dir|zip>`,
  },
];

/**
 * An exception of a function, as it appears in a rule's metrics, its log and its sink; matches widely, so it comes
 * last.
 */
export const THROWN_ROWS: readonly MessageRow[] = [
  {
    id: 'function-threw',
    says: 'run Select error: alias: d expr: Call:{ name:pfn, args:[s1.n] } meet error, err:call func pfn error: Traceback (most recent call last):\n  File "main.py", line 9, in exec\nValueError: too large',
    pattern: /call func (\S+) error: ([\s\S]*)/,
    cause: (part) => `the function ${part(1)} threw: ${lastLine(part(2))}`,
    next: () => 'give that row to it in a case: kplugin test <dir> shows where it threw',
  },
];

/** The last line of a traceback names the error; in a message to a sink its line feeds are escaped. */
function lastLine(text: string): string {
  const lines = text.split(/\n|\\{1,9}n/).filter((line) => /\w/.test(line));
  return lines.at(-1)?.trim() ?? 'it does not say what';
}

/**
 * Messages that occur only in a plugin's `/status`. Source: the recorded answers, docs/ekuiper.md#killed-by-an-update,
 * #dead-plugins.
 */
export const STATUS_ROWS: readonly MessageRow[] = [
  {
    id: 'status-no-handshake',
    says: 'receive time out',
    pattern: /^receive time out$/,
    cause: () =>
      'eKuiper started the program and it never reported back: it died at once, hangs, or gives another plugin name; what it printed is in the log of eKuiper only',
    next: (_, context) =>
      `see what it prints: kplugin serve, then kplugin install ${context.source ?? '<dir|zip>'} --host 127.0.0.1:9081`,
  },
  {
    id: 'status-exited',
    says: 'exit status 3',
    pattern: /^exit status \d+$/,
    cause: () => 'the program ended, and eKuiper never starts it again by itself',
    next: (_, context) => restartCommand(context.plugin ?? '<plugin>', context),
  },
  {
    id: 'status-killed',
    says: 'signal: killed',
    pattern: /^signal: killed$/,
    cause: (_, context) =>
      has(context.version, 'kills-on-every-other-update')
        ? 'eKuiper killed it in an update, as 2.0 does every other time, and started no new one'
        : 'the process was killed: by hand, for want of memory, or because the plugin was removed',
    next: (_, context) => restartCommand(context.plugin ?? '<plugin>', context),
  },
  {
    id: 'killed',
    says: 'plugin probe stops with error signal: killed',
    pattern: /signal: killed/,
    cause: () => 'the process was killed: by hand, or for want of memory',
    next: (_, context) => statusCommand(context),
  },
];
