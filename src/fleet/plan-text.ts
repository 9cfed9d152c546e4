import { sizeText } from '../cli/output/number-text.ts';
import type { Fact, View } from '../cli/output/view.ts';
import { plainLine } from '../client/http/foreign-text.ts';
import type { InstallPlan } from '../deploy/change/plan.ts';
import { named } from '../deploy/change/rollback-target.ts';
import { uploadNameOf } from '../deploy/record/upload-name.ts';
import { RULES_UNKNOWN } from '../deploy/rules/rule-sentences.ts';
import type { RuleUse } from '../deploy/rules/rule-uses.ts';
import type { PluginSymbol } from '../model/symbol.ts';

/** The number of hosts that are named in a text. */
const SHOWN = 4;

/** In which order hosts are changed, and when no more are. */
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

/** A row with a change, the number of hosts and their names; null without hosts. */
export function row(title: string, labels: readonly string[], more = ''): string[] | null {
  if (labels.length === 0) return null;
  return [title, String(labels.length), more === '' ? some(labels) : more];
}

/** One line for each key, with its hosts. */
export function known(title: string, by: HostsBy): string[] {
  return [...by].map(([key, labels]) => `${title}: ${key} (on ${some(labels)})`);
}

/** Labels of hosts, grouped by a common property. */
export type HostsBy = ReadonlyMap<string, readonly string[]>;

/** Groups hosts by their keys; keys and labels keep the order of the input. */
export function groupHosts(
  hosts: readonly { readonly label: string; readonly keys: readonly string[] }[],
): HostsBy {
  const found = new Map<string, string[]>();
  for (const { label, keys } of hosts) {
    for (const key of new Set(keys)) found.set(key, [...(found.get(key) ?? []), label]);
  }
  return found;
}

/** `edge1, edge2, edge3, edge4 and 12 more`. */
export function some(labels: readonly string[]): string {
  const shown = labels.slice(0, SHOWN).join(', ');
  return labels.length > SHOWN ? `${shown} and ${labels.length - SHOWN} more` : shown;
}

/** The plan as labelled rows. */
export function planFacts(plan: InstallPlan, size: number): Fact[] {
  const rows: Fact[] = [['now', nowText(plan)]];
  if (plan.action === 'unchanged') {
    rows.push(['upload', 'nothing: the host has just this content']);
  } else {
    rows.push(['upload', uploadText(plan, size)]);
  }
  rows.push(...symbolRows(plan));
  if (plan.present !== null && !plan.rulesKnown) rows.push(['rules', RULES_UNKNOWN]);
  if (plan.uses.length > 0) rows.push(['rules', plan.uses.map(useText).join(', ')]);
  if (plan.action !== 'unchanged') rows.push(['rollback', rollbackText(plan)]);
  return rows;
}

function nowText({ present }: InstallPlan): string {
  if (present === null) return 'nothing of that name';
  const { plugin, registration, health } = present;
  const from =
    registration === null ? 'from an unknown source' : plainLine(uploadNameOf(registration.file));
  return `${plugin.version || 'no version'}, ${health.state === 'unknown' ? 'registered' : health.state}, ${from}`;
}

function uploadText({ uploadName, uploaded }: InstallPlan, size: number): string {
  const name = plainLine(uploadName);
  return uploaded === null ? `${name} (${sizeText(size)})` : `${name} is on the host already`;
}

function symbolRows({ changes, builtins, collisions }: InstallPlan): Fact[] {
  const rows: Fact[] = [];
  if (changes !== null) {
    const { added, removed, kept } = changes;
    const parts = [
      ...added.map((one) => `+ ${symbolText(one)}`),
      ...removed.map((one) => `- ${symbolText(one)}`),
      ...kept.map(symbolText),
    ];
    if (parts.length > 0) rows.push(['symbols', parts.join(', ')]);
  }
  for (const one of builtins) {
    rows.push(['clash', `${symbolText(one)}: eKuiper has a built-in one, and uses that`]);
  }
  for (const { symbol, owner } of collisions) {
    rows.push(['clash', `${symbolText(symbol)} belongs to plugin ${owner}`]);
  }
  return rows;
}

function symbolText({ kind, name }: PluginSymbol): string {
  return `${kind} ${plainLine(name)}`;
}

function useText({ rule, symbols }: RuleUse): string {
  const names = symbols.map(({ name }) => plainLine(name));
  return names.length === 0 ? rule : `${rule} (${names.join(', ')})`;
}

/** What happens if the installation fails. */
function rollbackText({ rollback, name }: InstallPlan): string {
  const [first, ...more] = rollback.steps;
  if (rollback.state === 'remove') {
    return `none before it: if it fails, ${name} is removed again`;
  }
  if (rollback.state === 'unsure') return `cannot be promised: ${rollback.reason ?? ''}`;
  if (first === undefined) return 'none';
  const others = more.length === 0 ? '' : `, else ${more.map(named).join(', ')}`;
  return `${named(first)} (${plainLine(uploadNameOf(first.registration.file))})${others}`;
}

/** The plan in `--json`. */
export function planData(plan: InstallPlan, size: number): object {
  const {
    changes,
    builtins,
    collisions,
    uses,
    rulesKnown,
    rollback,
    uploaded,
    uploadName,
    record,
  } = plan;
  return {
    upload: plan.action === 'unchanged' || uploaded !== null ? null : { name: uploadName, size },
    symbols: changes,
    builtins,
    collisions,
    rules: uses,
    rulesKnown,
    interrupted: record?.pending ?? null,
    rollback,
  };
}
