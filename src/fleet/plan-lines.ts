import type { View } from '../cli/output/view.ts';
import type { HostsBy } from './hosts-by.ts';

const SHOWN = 4;

export interface Order {
  readonly parallel: number;
  readonly canary: number;
  readonly maxFailures: number;
  /** The number of hosts for which no plan could be made. */
  readonly failed: number;
}

/** The view of a plan: the changes with their hosts, notes, and the order in which hosts are changed. */
export function planView(
  what: string,
  hosts: number,
  rows: readonly (readonly string[])[],
  notes: readonly string[],
  order: Order & { readonly changing: number },
): View {
  // The reason is shown for each host.
  if (hosts === 0) return { title: `no plan for ${what}: none of the hosts could be read` };
  const lines = [
    ...notes,
    order.failed > 0 ? `not possible on ${order.failed} more, see below` : null,
    orderText(order.changing, order),
  ].filter((line) => line !== null);
  return {
    title: `the plan for ${what} on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}:`,
    table: { rows },
    below: lines.map((line) => `  ${line}`),
  };
}

/** A row with a change, the number of hosts and their names; null without hosts. */
export function row(title: string, labels: readonly string[], more = ''): string[] | null {
  if (labels.length === 0) return null;
  return [title, String(labels.length), more === '' ? some(labels) : more];
}

/** One line for each key, with its hosts. */
export function known(title: string, by: HostsBy): string[] {
  return [...by].map(([key, labels]) => `${title}: ${key} (on ${some(labels)})`);
}

function orderText(count: number, { parallel, canary, maxFailures, failed }: Order): string | null {
  if (count === 0) return null;
  if (failed > maxFailures) {
    return `nothing is begun: ${failed} failed already, and --max-failures is ${maxFailures}`;
  }
  const left = maxFailures - failed + 1;
  const first = Math.min(canary, count);
  const rest = count - first;
  const steps = [
    first > 0 ? `${first} first, ${first === 1 ? 'alone' : 'one after the other'}` : null,
    rest > 0 ? `${first > 0 ? 'then ' : ''}${Math.min(parallel, rest)} at a time` : null,
    first > 0 && left > 1 ? 'no more when one of the first fails' : null,
    `no more after ${left} ${left === 1 ? 'failure' : 'failures'}`,
  ];
  return `order: ${steps.filter((step) => step !== null).join('; ')}`;
}

/** `edge1, edge2, edge3, edge4 and 12 more`. */
export function some(labels: readonly string[]): string {
  const shown = labels.slice(0, SHOWN).join(', ');
  return labels.length > SHOWN ? `${shown} and ${labels.length - SHOWN} more` : shown;
}
