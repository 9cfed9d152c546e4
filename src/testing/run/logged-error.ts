import type { RuleMeta } from '../../emulator/runtime/symbol-contract.ts';
import type { LogLine } from '../case/result.ts';

const TRACEBACK = /\bTraceback \(most recent call last\):\s*$/;

/** A traceback that the SDK for Python logs: of a method of a running symbol, never of one that is being stopped. */
const PYTHON_SDK = / - ERROR: Traceback \(most recent call last\):\s*$/;

/** An error of the kplugin SDK, by its level and words: `… ERROR [plugin ledger rule] collect failed: Error: …`. */
const NODE_SDK = /^\S+ ERROR \[[^\]]*\] (?:open |collect )?failed: (.+)$/;

/** `level=error msg="collect error: no such table"`: what the Go SDK logs when Collect returns an error. */
const GO_SDK = 'level=error msg="';
const GO_COLLECT = 'collect error: ';

/**
 * The first error of a plugin's symbol in the lines of its log, in one line: `TypeError: …`. Null when there is none. It
 * knows what the SDKs print for an error that left a method of a symbol (Python: runtime/source.py, sink.py, function.py
 * of the SDK 2.4.2; Go: sdk/go/runtime/sink.go), and any traceback of Python. `by: 'sdk'`: only what an SDK logged.
 * `isGrowing`: a traceback at the end whose last line did not come yet is none yet.
 */
export function loggedError(
  lines: readonly LogLine[],
  {
    by = 'any',
    isGrowing = false,
  }: { readonly by?: 'sdk' | 'any'; readonly isGrowing?: boolean } = {},
): string | null {
  const traceback = by === 'sdk' ? PYTHON_SDK : TRACEBACK;
  for (const [at, { text, stream }] of lines.entries()) {
    if (stream === 'host') continue;
    if (traceback.test(text)) {
      const exception = exceptionAfter(lines, at);
      if (exception === null && isGrowing) return null;
      if (exception === null) return 'an error with a traceback';
      if (!isEndOfThread(exception, text)) return exception;
      continue;
    }
    const found = NODE_SDK.exec(text)?.[1] ?? goError(text);
    if (found !== null) return found;
  }
  return null;
}

/** The message of a line of the Go SDK; null for any other line. */
function goError(text: string): string | null {
  const at = text.indexOf(`${GO_SDK}${GO_COLLECT}`);
  if (at < 0) return null;
  const message = text.slice(at + GO_SDK.length);
  const end = message.search(/(?<!\\)"/);
  return end < 0 ? message : message.slice(0, end);
}

/**
 * What an `emit` says whose socket is closed at a stop, which does no harm: a thread of the plugin at once, the SDK
 * itself when it was waiting. This host reads at once, so `emit` waits for nothing else.
 */
function isEndOfThread(exception: string, head: string): boolean {
  if (exception.startsWith('pynng.exceptions.Timeout:')) return true;
  return !PYTHON_SDK.test(head) && exception.startsWith('pynng.exceptions.Closed:');
}

/** The line that ends a traceback, of the last one in a chain of causes: `TypeError: …`. Null while it did not come. */
function exceptionAfter(lines: readonly LogLine[], start: number): string | null {
  let last: string | null = null;
  const { stream } = lines[start] ?? {};
  let isInside = true;
  for (const line of lines.slice(start + 1)) {
    if (line.stream !== stream) continue;
    const { text } = line;
    if (TRACEBACK.test(text)) isInside = true;
    else if (text.trim() === '' || /^\s/.test(text) || OTHER_THREAD.test(text)) continue;
    else if (isInside) {
      last = text;
      isInside = false;
    } else if (!CHAINED.test(text)) break;
  }
  return last;
}

/** Of another thread whose traceback comes between. */
const OTHER_THREAD = /^Exception in thread /;

/** Stands between two tracebacks of one error. */
const CHAINED =
  /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** The SDK for Python logs this at the stop of a source or sink that has ended before (runtime/plugin.py). */
const ENDED_BEFORE_STOP = /\bWARNING: symbol (\S+) not found\s*$/;

/** Whether a source or sink had ended before it was stopped, as far as its SDK reports it. */
export function endedBeforeStop(
  lines: readonly LogLine[],
  { ruleId, opId, instanceId }: RuleMeta,
  symbol: string,
): boolean {
  const key = `${ruleId}_${opId}_${instanceId}_${symbol}`;
  return lines.some(({ text }) => ENDED_BEFORE_STOP.exec(text)?.[1] === key);
}
