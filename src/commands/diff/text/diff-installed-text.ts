import { printable } from '../../../cli/output/printable.ts';
import type { Style } from '../../../cli/output/style.ts';
import { textTable } from '../../../cli/output/table.ts';
import { plainLine, visibleText } from '../../../client/http/text.ts';
import type { InstalledDiff } from '../../../deploy/diff/diff-installed.ts';
import { has } from '../../../model/behaviours.ts';
import { oneLine } from '../../../model/printable.ts';
import { maskedScript } from '../../../model/secrets/masked-lines.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import type { PluginSymbol } from '../../../model/symbol.ts';
import { configText } from './diff-config-text.ts';
import { hostText, installedText } from './diff-host-line.ts';
import { marked } from './diff-marks.ts';
import { type DiffLook, factsText, section, summary } from './diff-text.ts';

/** What `diff` prints of a package and what a host has of it. */
export function installedDiffText(found: InstalledDiff, { stat, style }: DiffLook): string {
  if (found.verdict === 'same') return sameText(found, style);
  const sections = [
    headText(found, style),
    section('identity', factsText(found.facts, style), style),
    section('symbols', symbolsText(found, style), style),
    section('configuration', configSection(found, style), style),
    section('content', `${contentText(found, style)}\n${parasText(found, style)}`, style),
    stat ? '' : scriptText(found, style),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function sameText(found: InstalledDiff, style: Style): string {
  const { host, installed, package: packed } = found;
  const who = plainLine(`${packed.facts.name ?? ''} ${packed.facts.version ?? ''}`).trim();
  const digest = (packed.contentDigest ?? '').slice(0, 12);
  const state = installed?.state ?? 'unknown';
  const but =
    state === 'running' || state === 'unknown'
      ? ''
      : `  ${style.yellow('note')} it is ${state} there: kplugin status ${pluginAt(packed.facts.name ?? '', host.label)}\n`;
  const config = configText(found.config, style);
  return `${host.label} has just this: ${who} (content ${digest})\n${but}${config}`;
}

function headText(
  { first, host, installed, package: packed }: InstalledDiff,
  style: Style,
): string {
  const theirs = [
    host.label,
    style.dim(
      `${installed === null ? 'no such plugin' : installedText(installed)} (${hostText(host)})`,
    ),
  ];
  const ours = [printable(packed.label), style.dim(summary(packed))];
  const [before, after] = first === 'host' ? [theirs, ours] : [ours, theirs];
  return textTable([
    [style.red('---'), ...before],
    [style.green('+++'), ...after],
  ]);
}

/** The symbols, each that goes with the rules that use it, each that comes with the plugin that has it already. */
function symbolsText({ symbols, broken, collisions }: InstalledDiff, style: Style): string {
  const removed = symbols.removed.map((symbol) => {
    const rules = broken
      .filter((use) => use.symbols.some((one) => isSame(one, symbol)))
      .map(({ rule }) => plainLine(rule));
    const users = rules.length === 0 ? '' : warning(`used by ${rulesText(rules)}`, style);
    return `  ${marked('removed', style)} ${symbolText(symbol)}\n${users}`;
  });
  const added = symbols.added.map(
    (symbol) => `  ${marked('added', style)} ${symbolText(symbol)}\n`,
  );
  const taken = collisions.map(({ symbol, owner }) =>
    warning(`plugin ${plainLine(owner)} has ${symbolText(symbol)} as well`, style),
  );
  return [...removed, ...added, ...taken].join('');
}

function isSame(one: PluginSymbol, other: PluginSymbol): boolean {
  return one.kind === other.kind && one.name === other.name;
}

function symbolText({ kind, name }: PluginSymbol): string {
  return `${kind} ${plainLine(name)}`;
}

function rulesText(rules: readonly string[]): string {
  return `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`;
}

function warning(text: string, style: Style): string {
  return `      ${style.yellow('warning')} ${oneLine(text)}\n`;
}

/** Source: docs/ekuiper.md#source-yaml-after-an-update. */
function configSection({ config, host, first }: InstalledDiff, style: Style): string {
  const text = configText(config, style);
  const differs = config.some(({ values }) => values.length > 0);
  if (!differs || first !== 'host' || !has(host.ekuiper, 'keeps-source-yaml')) return text;
  return `${text}  ${style.dim('eKuiper 2.x keeps what it uses over an update: kplugin install --apply-config puts the new values')}\n`;
}

function contentText(found: InstalledDiff, style: Style): string {
  const { content, installed, host } = found;
  if (installed === null) return `  all of it is new on ${host.label}`;
  const unknown = style.dim('(a host does not tell files and modes)');
  const theirs = installed.upload ?? 'what it was installed from';
  if (content === 'same') return `  the same: ${theirs}`;
  if (content === 'different') {
    return `  ${style.yellow('~')} another than ${plainLine(theirs)} ${unknown}\n    ${filesHint(found)}`;
  }
  return `  ${style.yellow('?')} not known: ${plainLine(theirs)} does not come from kplugin ${unknown}`;
}

/** Arguments that the next installation gets only when they are given again. */
function parasText({ first, installed, installScript }: InstalledDiff, style: Style): string {
  const paras = installed?.shellParas ?? [];
  if (first !== 'host' || installScript === null || paras.length === 0) return '';
  const given = paras.map((para) => `--shell-para ${shellWord(plainLine(para))}`).join(' ');
  return `  ${style.yellow('!')} install.sh was run with arguments there; to give them again: ${given}\n`;
}

/** How to see which files differ, for whoever has kept the other package. */
function filesHint({ first, installed, package: packed }: InstalledDiff): string {
  const name = plainLine(`${packed.facts.name ?? ''}-${installed?.facts.version ?? ''}.zip`);
  const two = [shellWord(name), shellWord(plainLine(packed.label))];
  const [before, after] = first === 'host' ? two : two.toReversed();
  return `with that package at hand, kplugin diff ${before} ${after} shows the files`;
}

const SHOWN_LINES = 200;

function scriptText({ installScript, host }: InstalledDiff, style: Style): string {
  if (installScript === null) return '';
  // Line by line, so that a carriage return at its end is seen: /bin/sh would stumble over it.
  const { lines: masked, note } = maskedScript(installScript.trimEnd());
  const lines = masked.map(visibleText);
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  | ${line}\n`);
  const more = lines.length - shown.length;
  const rest = more > 0 ? `  | … ${more} more lines: kplugin inspect shows them\n` : '';
  const hidden = note === null ? '' : `  ${style.dim(note)}\n`;
  return section(
    `install.sh, which ${host.label} would run`,
    shown.join('') + rest + hidden,
    style,
  );
}
