import { columnsOf, printable } from '../../cli/output/printable.ts';
import type { Style } from '../../cli/output/style.ts';
import type { DataEvent } from '../../emulator/runtime/events.ts';
import { bodyText } from '../../emulator/symbols/event-json.ts';
import { DEFAULT_META, isSameMeta, metaText } from '../../emulator/symbols/meta.ts';
import { durationText } from '../../model/duration.ts';

/** What is written where nothing tells the width: a pipe or a file. */
const UNKNOWN_COLUMNS = 2000;
const FEWEST_COLUMNS = 20;

/** What a log line says, before it is cut and coloured. */
interface DataLine {
  /** After the plugin's name: the symbol and what happened. */
  readonly head: string;
  readonly body: string;
  readonly failed: boolean;
}

/** One row, message, acknowledgement or call as one line, cut to `columns` (null: where there is no terminal). */
export function dataText(event: DataEvent, style: Style, columns: number | null): string {
  const { head, body, failed } = dataLine(event);
  return line(event.plugin, head, body, failed, style, columns);
}

/** What takes the place of lines when there are too many: their number in the last second, and the last one. */
export function rateText(
  last: DataEvent,
  count: number,
  style: Style,
  columns: number | null,
): string {
  const { head, body, failed } = dataLine(last);
  const number = `${count.toLocaleString('en')} ${NOUNS[last.kind]} a second, the last:`;
  return line(last.plugin, `${number} ${head}`, body, failed, style, columns);
}

const NOUNS = { row: 'rows', sent: 'messages', ack: 'acknowledgements', call: 'calls' } as const;

function dataLine(event: DataEvent): DataLine {
  switch (event.kind) {
    case 'row':
      return told(`${place(event)} →`, JSON.stringify(event.row.message));
    case 'sent':
      return told(`${place(event)} ←`, bodyText(event.body));
    case 'ack':
      return event.error === null
        ? told(`${place(event)} acknowledged`, '')
        : { head: `${place(event)} acknowledged an error:`, body: event.error, failed: true };
    case 'call':
      return callLine(event);
  }
}

function callLine({ symbol, call, args, outcome, ms }: DataEvent & { kind: 'call' }): DataLine {
  const list = args.map((arg) => JSON.stringify(arg)).join(', ');
  const asked = `${symbol}${call === 'Exec' ? '' : `.${call}`}(${list})`;
  if ('error' in outcome)
    return { head: '', body: `${asked} failed: ${outcome.error}`, failed: true };
  const slow = ms >= 100 ? ` after ${durationText(ms)}` : '';
  return told('', `${asked} → ${JSON.stringify(outcome.result) ?? 'nothing'}${slow}`);
}

function told(head: string, body: string): DataLine {
  return { head, body, failed: false };
}

/** The symbol; with its meta where it is not the one that everybody uses. */
function place({ symbol, meta }: Exclude<DataEvent, { kind: 'call' }>): string {
  return isSameMeta(meta, DEFAULT_META) ? symbol : `${symbol} (${metaText(meta)})`;
}

function line(
  plugin: string,
  head: string,
  body: string,
  failed: boolean,
  style: Style,
  columns: number | null,
): string {
  const name = printable(plugin);
  const start = head === '' ? '' : ` ${printable(head)}`;
  const taken = columnsOf(`${name}${start} `);
  const shown = cut(body, Math.max((columns ?? UNKNOWN_COLUMNS) - taken, FEWEST_COLUMNS));
  return `${style.cyan(name)}${start} ${failed ? style.red(shown) : shown}`.trimEnd();
}

/** As much of a text as fits into so many columns, as one line that a terminal shows and does not obey. */
export function cut(text: string, columns: number): string {
  // Of a megabyte nobody sees more than the beginning.
  const start = text.slice(0, columns + 1);
  const whole = printable(start);
  if (start.length === text.length && columnsOf(whole) <= columns) return whole;
  let shown = '';
  let width = 1;
  for (const char of start) {
    const piece = printable(char);
    width += columnsOf(piece);
    if (width > columns) break;
    shown += piece;
  }
  return `${shown}…`;
}
