import { sizeText } from '../cli/output/size.ts';
import type { Fact } from '../cli/output/view.ts';
import { plainLine } from '../client/http/text.ts';
import type { InstallPlan } from '../deploy/change/plan.ts';
import { named } from '../deploy/change/rollback-target.ts';
import { uploadNameOf } from '../deploy/record/upload-name.ts';
import type { RuleUse } from '../deploy/rules/use.ts';
import { RULES_UNKNOWN } from '../deploy/rules/use-text.ts';
import type { PluginSymbol } from '../model/symbol.ts';

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
export function rollbackText({ rollback, name }: InstallPlan): string {
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
