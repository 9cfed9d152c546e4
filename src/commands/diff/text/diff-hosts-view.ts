import { inColumns } from '../../../cli/output/columns.ts';
import { bold, type Cell, dim, joined, type View, warn } from '../../../cli/output/view.ts';
import { plainLine } from '../../../client/http/text.ts';
import type { HostsDiff, PluginOnHosts } from '../../../deploy/diff/diff-hosts.ts';
import type { InstalledSummary } from '../../../deploy/diff/host-summary.ts';
import { hostText, installedText } from './diff-host-line.ts';
import { configLines, deeper, marked, section } from './diff-marks.ts';
import { headView, symbolLines } from './diff-plugins-view.ts';

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
  return [[mark, ' ', called], ...deeper(4, details(plugin))];
}

function details(plugin: PluginOnHosts): Cell[] {
  const { symbols, config } = plugin;
  return [
    ...inColumns(rowsOf(plugin)),
    ...symbolLines({ ...symbols, changed: [] }),
    ...configLines(config),
  ];
}

function rowsOf(plugin: PluginOnHosts): Cell[][] {
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
