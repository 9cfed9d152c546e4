import { inColumns } from '../../../cli/output/render.ts';
import { bold, type Cell, dim, joined, type View, warn } from '../../../cli/output/view.ts';
import { plainLine } from '../../../client/http/foreign-text.ts';
import type { HostsDiff, PluginOnHosts } from '../../../deploy/diff/diff-hosts.ts';
import type { InstalledDiff } from '../../../deploy/diff/diff-installed.ts';
import type { HostSummary, InstalledSummary } from '../../../deploy/diff/host-side.ts';
import { has } from '../../../model/behaviours.ts';
import { maskedScript } from '../../../model/secrets/masked-lines.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import type { PluginSymbol } from '../../../model/symbol.ts';
import { configLines, deeper, marked, section, warningLine } from './diff-lines.ts';
import { factsView, headView, summary, symbolLines } from './diff-plugins-view.ts';

/** Lines of an install.sh. */
const SHOWN_LINES = 200;

/** The views of a comparison of two hosts. */
export function hostsDiffViews(found: HostsDiff): readonly View[] {
  const { before, after, plugins } = found;
  const same = plugins.filter(({ verdict }) => verdict === 'same').map(({ name }) => name);
  const others = plugins.filter(({ verdict }) => verdict !== 'same');
  return [
    headView([before.label, dim(hostText(before))], [after.label, dim(hostText(after))]),
    section('eKuiper', hostLines(found)),
    section('plugins', others.flatMap(pluginLines)),
    { lines: same.length === 0 ? [] : [`the same on both: ${same.map(plainLine).join(', ')}`] },
  ];
}

function hostLines({ host }: HostsDiff): Cell[] {
  const rows = host.map(({ fact, before, after }): Cell[] => [
    [marked('changed'), ` ${fact === 'ekuiper' ? 'version' : fact}`],
    `${before || 'not told'} → ${after || 'not told'}`,
  ]);
  return [...inColumns(rows)];
}

function pluginLines(plugin: PluginOnHosts): Cell[] {
  const { name, what, before, after, verdict } = plugin;
  const only = after ?? before;
  const called = bold(plainLine(name));
  if (what !== 'kept') {
    return [[marked(what), ' ', called, '  ', dim(only === null ? '' : installedText(only))]];
  }
  const mark = verdict === 'unknown' ? warn('?') : marked('changed');
  return [[mark, ' ', called], ...deeper(4, pluginDetails(plugin))];
}

function pluginDetails(plugin: PluginOnHosts): Cell[] {
  const { symbols, config } = plugin;
  return [
    ...inColumns(detailRows(plugin)),
    ...symbolLines({ ...symbols, changed: [] }),
    ...configLines(config),
  ];
}

function detailRows(plugin: PluginOnHosts): Cell[][] {
  const { facts, before, after, content, otherParas, otherState } = plugin;
  const rows = facts.map(({ fact, before: was, after: is }): Cell[] => [
    fact,
    `${plainLine(was ?? 'none')} → ${plainLine(is ?? 'none')}`,
  ]);
  if (before === null || after === null) return rows;
  if (otherState) rows.push(['state', `${before.state} → ${after.state}`]);
  if (otherParas) rows.push(['arguments', `${parasText(before)} → ${parasText(after)}`]);
  rows.push(['content', contentCell(content, before, after)]);
  return rows;
}

function parasText({ shellParas }: InstalledSummary): string {
  const text = shellParas.map((para) => JSON.stringify(plainLine(para))).join(' ');
  return text === '' ? 'none' : text;
}

function contentCell(
  content: PluginOnHosts['content'],
  before: InstalledSummary,
  after: InstalledSummary,
): Cell {
  if (content === 'same') return 'the same';
  const uploads = `${before.upload ?? 'not told'} → ${after.upload ?? 'not told'}`;
  if (content === 'different') return uploads;
  const why = dim('(not known to be the same: not all of it comes from kplugin)');
  return joined(before.upload === after.upload ? (before.upload ?? 'not told') : uploads, ' ', why);
}

/** The views of a comparison of a host with a package. `stat`: without the install.sh that would run. */
export function installedDiffViews(found: InstalledDiff, stat: boolean): readonly View[] {
  if (found.verdict === 'same') return [sameView(found)];
  return [
    headOf(found),
    factsView(found.facts),
    section('symbols', installedSymbolLines(found)),
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

/** `eKuiper 2.4.0, linux/amd64` */
function hostText({ ekuiper, os, arch }: HostSummary): string {
  return `eKuiper ${ekuiper || 'of an unknown version'}, ${os ?? '?'}/${arch ?? '?'}`;
}

/** `pysam 1.0.0, running, pysam-1.0.0-0a1b2c3d.zip` */
function installedText({ facts, state, upload }: InstalledSummary): string {
  const who = plainLine(`${facts.name ?? ''} ${facts.version ?? ''}`).trim();
  const parts = [who, state === 'unknown' ? 'registered' : state, upload ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** The symbols: a removed one with the rules that use it, an added one with the plugin that already has it. */
function installedSymbolLines({ symbols, broken, collisions }: InstalledDiff): Cell[] {
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
