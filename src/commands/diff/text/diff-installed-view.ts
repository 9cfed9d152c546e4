import { bold, type Cell, dim, type View, warn } from '../../../cli/output/view.ts';
import { plainLine } from '../../../client/http/text.ts';
import type { InstalledDiff } from '../../../deploy/diff/diff-installed.ts';
import { has } from '../../../model/behaviours.ts';
import { maskedScript } from '../../../model/secrets/masked-lines.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import type { PluginSymbol } from '../../../model/symbol.ts';
import { hostText, installedText } from './diff-host-line.ts';
import { configLines, deeper, marked, section, warningLine } from './diff-marks.ts';
import { factsView, headView, summary } from './diff-plugins-view.ts';

/** The views of a comparison of a host with a package. `stat`: without the install.sh that would run. */
export function installedDiffViews(found: InstalledDiff, stat: boolean): readonly View[] {
  if (found.verdict === 'same') return [sameView(found)];
  return [
    headOf(found),
    factsView(found.facts),
    section('symbols', symbolLines(found)),
    section('configuration', configSection(found)),
    section('content', [...contentLines(found), ...parasLines(found)]),
    stat ? {} : scriptView(found),
  ];
}

function sameView({ host, installed, package: packed, config }: InstalledDiff): View {
  const who = plainLine(`${packed.facts.name ?? ''} ${packed.facts.version ?? ''}`).trim();
  const digest = (packed.contentDigest ?? '').slice(0, 12);
  const state = installed?.state ?? 'unknown';
  const status = `kplugin status ${pluginAt(packed.facts.name ?? '', host.label)}`;
  const isWell = state === 'running' || state === 'unknown';
  return {
    title: `${host.label} has just this: ${who} (content ${digest})`,
    lines: [
      ...(isWell ? [] : [[warn('note'), ` it is ${state} there: ${status}`]]),
      ...configLines(config),
    ],
  };
}

function headOf({ first, host, installed, package: packed }: InstalledDiff): View {
  const there = installed === null ? 'no such plugin' : installedText(installed);
  const theirs = [host.label, dim(`${there} (${hostText(host)})`)];
  const ours = [packed.label, dim(summary(packed))];
  return first === 'host' ? headView(theirs, ours) : headView(ours, theirs);
}

/** The symbols: a removed one with the rules that use it, an added one with the plugin that already has it. */
function symbolLines({ symbols, broken, collisions }: InstalledDiff): Cell[] {
  const removed = symbols.removed.flatMap((symbol): Cell[] => {
    const rules = broken
      .filter((use) => use.symbols.some((one) => isSame(one, symbol)))
      .map(({ rule }) => plainLine(rule));
    const users = rules.length === 0 ? [] : [warningLine(`used by ${rulesText(rules)}`)];
    return [[marked('removed'), ` ${symbolText(symbol)}`], ...deeper(4, users)];
  });
  const added = symbols.added.map((symbol): Cell => [marked('added'), ` ${symbolText(symbol)}`]);
  const taken = collisions.map(({ symbol, owner }) =>
    warningLine(`plugin ${plainLine(owner)} has ${symbolText(symbol)} as well`),
  );
  return [...removed, ...added, ...deeper(4, taken)];
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

/** Source: docs/ekuiper.md#source-yaml-after-an-update. */
function configSection({ config, host, first }: InstalledDiff): Cell[] {
  const lines = configLines(config);
  const differs = config.some(({ values }) => values.length > 0);
  if (!differs || first !== 'host' || !has(host.ekuiper, 'keeps-source-yaml')) return lines;
  const kept =
    'eKuiper 2.x keeps what it uses over an update: kplugin install --apply-config puts the new values';
  return [...lines, dim(kept)];
}

function contentLines(found: InstalledDiff): Cell[] {
  const { content, installed, host } = found;
  if (installed === null) return [`all of it is new on ${host.label}`];
  const unknown = dim('(a host does not tell files and modes)');
  const theirs = installed.upload ?? 'what it was installed from';
  if (content === 'same') return [`the same: ${theirs}`];
  if (content === 'different') {
    return [[warn('~'), ` another than ${plainLine(theirs)} `, unknown], `  ${filesHint(found)}`];
  }
  return [[warn('?'), ` not known: ${plainLine(theirs)} does not come from kplugin `, unknown]];
}

/** Arguments that the next installation gets only if they are given again. */
function parasLines({ first, installed, installScript }: InstalledDiff): Cell[] {
  const paras = installed?.shellParas ?? [];
  if (first !== 'host' || installScript === null || paras.length === 0) return [];
  const given = paras.map((para) => `--shell-para ${shellWord(plainLine(para))}`).join(' ');
  return [[warn('!'), ` install.sh was run with arguments there; to give them again: ${given}`]];
}

/** How to see which files differ, if the other package was kept. */
function filesHint({ first, installed, package: packed }: InstalledDiff): string {
  const name = plainLine(`${packed.facts.name ?? ''}-${installed?.facts.version ?? ''}.zip`);
  const two = [shellWord(name), shellWord(plainLine(packed.label))];
  const [before, after] = first === 'host' ? two : two.toReversed();
  return `with that package at hand, kplugin diff ${before} ${after} shows the files`;
}

const SHOWN_LINES = 200;

function scriptView({ installScript, host }: InstalledDiff): View {
  if (installScript === null) return {};
  // Line by line, so that carriage returns are visible, which make /bin/sh fail.
  const { lines, note } = maskedScript(installScript.trimEnd());
  const more = lines.length - SHOWN_LINES;
  return {
    title: bold(`install.sh, which ${host.label} would run`),
    code: [
      ...lines.slice(0, SHOWN_LINES).map((line) => `| ${line}`),
      ...(more > 0 ? [`| … ${more} more lines: kplugin inspect shows them`] : []),
      ...(note === null ? [] : [dim(note)]),
    ],
  };
}
