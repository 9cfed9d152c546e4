import type { Style } from '../../cli/output/terminal-codes.ts';
import { plainText } from '../../client/http/foreign-text.ts';
import type { HostEvent } from '../../emulator/runtime/symbol-contract.ts';
import type { Served } from '../../emulator/server.ts';
import { durationText } from '../../model/duration.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';
import { oneLine } from '../../model/printable.ts';

/** A request with its response as one line; the message of an error is on further lines. */
export function servedText({ method, path, status, body, ms }: Served, style: Style): string {
  const paint = status >= 400 ? style.red : style.green;
  const line = `${style.bold(method)} ${oneLine(path)} ${paint(String(status))} ${style.dim(durationText(ms))}`;
  // Reads are dimmed, so that requests that change something stand out.
  if (status < 400 && method === 'GET') return style.dim(oneLine(`${method} ${path} ${status}`));
  if (status < 400) return `${line} ${style.dim(oneLine(body.trimEnd()))}`;
  return [line, ...errorLines(body).map((text) => `  ${text}`)].join('\n');
}

function errorLines(body: string): string[] {
  try {
    const parsed: unknown = parseForeignJson(body);
    return (messageIn(parsed) ?? body).trimEnd().split('\n');
  } catch {
    // eKuiper's body is not always valid JSON; then it is shown unchanged.
    return body.trimEnd().split('\n');
  }
}

/** `message` is eKuiper's key, `error` that of the symbol API (in eKuiper's body `error` is a number). */
function messageIn(parsed: unknown): string | null {
  if (typeof parsed !== 'object' || parsed === null) return null;
  if ('message' in parsed) return String(parsed.message);
  return 'error' in parsed ? String(parsed.error) : null;
}

/** The number of lines that were left out in one second: output of a plugin, or remarks about it. */
export function moreLinesText(
  { plugin, kind }: Pick<HostEvent, 'plugin' | 'kind'>,
  count: number,
  style: Style,
): string {
  const noun = `${kind === 'output' ? 'line' : 'note'}${count === 1 ? '' : 's'}`;
  const number = count.toLocaleString('en');
  return `${style.cyan(oneLine(plugin ?? 'host'))} ${style.dim(`| … ${number} more ${noun} in this second`)}`;
}

/** An event of the host as a line. */
export function eventText(event: HostEvent, style: Style): string {
  const name = style.cyan(oneLine(event.plugin ?? 'host'));
  switch (event.kind) {
    case 'output':
      return `${name} ${event.stream === 'stderr' ? style.yellow('|') : style.dim('|')} ${plainText(event.line).replaceAll('\n', ' ')}`;
    case 'started':
      return `${name} started as process ${event.pid}: ${style.dim(oneLine(event.command.join(' ')))}`;
    case 'running':
      return `${name} ${style.green('running')}, handshake after ${durationText(event.afterMs)}`;
    case 'ended':
      return event.asked
        ? `${name} ended`
        : `${name} ${style.red(`ended by itself: ${oneLine(event.how)}`)}`;
    case 'symbol': {
      const what = `${name} ${event.command} ${event.type} ${oneLine(event.symbol)}`;
      return event.error === null
        ? `${what} ${style.green('ok')}`
        : `${what} ${style.red(event.error.replaceAll('\n', '\n  '))}`;
    }
    case 'note':
      return `${name} ${style.yellow('note:')} ${event.text.replaceAll('\n', '\n  ')}`;
  }
}

/**
 * Rewrites paths of a plugin's copy in the home to paths of the project: `File "/tmp/…/plugins/portable/demo/main.py"`
 * becomes `File "demo/main.py"`, which editors can open.
 */
export class OwnPaths {
  readonly #pairs: (readonly [copy: string, own: string])[] = [];

  /** `copy`: the plugin's directory in the home; `own`: the path of the project as it was typed. */
  add(copy: string, own: string): void {
    this.#pairs.push([`${copy}/`, own === '.' ? './' : `${own.replace(/\/$/, '')}/`]);
  }

  readonly show = (text: string): string => {
    let shown = text;
    for (const [copy, own] of this.#pairs) shown = shown.replaceAll(copy, () => own);
    return shown;
  };
}
