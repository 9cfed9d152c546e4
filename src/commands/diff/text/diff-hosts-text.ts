import type { Style } from '../../../cli/output/style.ts';
import { textTable } from '../../../cli/output/table.ts';
import { plainLine } from '../../../client/http/text.ts';
import type { HostsDiff, PluginOnHosts } from '../../../deploy/diff/diff-hosts.ts';
import type { InstalledSummary } from '../../../deploy/diff/host-summary.ts';
import { configText } from './diff-config-text.ts';
import { hostText, installedText } from './diff-host-line.ts';
import { marked } from './diff-marks.ts';
import { section } from './diff-text.ts';

/** What `diff` prints of two hosts. */
export function hostsDiffText(found: HostsDiff, style: Style): string {
  const { before, after, plugins } = found;
  const same = plugins.filter(({ verdict }) => verdict === 'same').map(({ name }) => name);
  const others = plugins.filter(({ verdict }) => verdict !== 'same');
  const sections = [
    textTable([
      [style.red('---'), before.label, style.dim(hostText(before))],
      [style.green('+++'), after.label, style.dim(hostText(after))],
    ]),
    section('eKuiper', hostChangesText(found, style), style),
    section('plugins', others.map((plugin) => pluginText(plugin, style)).join(''), style),
    same.length === 0 ? '' : `the same on both: ${same.map(plainLine).join(', ')}\n`,
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function hostChangesText({ host }: HostsDiff, style: Style): string {
  return textTable(
    host.map(({ fact, before, after }) => [
      `  ${marked('changed', style)} ${fact === 'ekuiper' ? 'version' : fact}`,
      `${before || 'not told'} → ${after || 'not told'}`,
    ]),
  );
}

function pluginText(plugin: PluginOnHosts, style: Style): string {
  const { name, what, before, after, verdict } = plugin;
  const only = after ?? before;
  if (what !== 'kept') {
    return `  ${marked(what, style)} ${style.bold(plainLine(name))}  ${only === null ? '' : style.dim(installedText(only))}\n`;
  }
  const mark = verdict === 'unknown' ? style.yellow('?') : marked('changed', style);
  return `  ${mark} ${style.bold(plainLine(name))}\n${details(plugin, style)}`;
}

function details(plugin: PluginOnHosts, style: Style): string {
  const { symbols, config } = plugin;
  const rows = textTable(rowsOf(plugin, style).map(([key, text]) => [`      ${key}`, text]));
  const line = (what: 'added' | 'removed') => (symbol: (typeof symbols.added)[number]) =>
    `      ${marked(what, style)} ${symbol.kind} ${plainLine(symbol.name)}\n`;
  const settings = configText(config, style).replace(/^(?=.)/gm, '    ');
  return [
    rows,
    ...symbols.removed.map(line('removed')),
    ...symbols.added.map(line('added')),
    settings,
  ].join('');
}

function rowsOf(plugin: PluginOnHosts, style: Style): (readonly [string, string])[] {
  const { facts, before, after, content, otherParas, otherState } = plugin;
  const rows = facts.map(({ fact, before: was, after: is }): readonly [string, string] => [
    fact,
    `${plainLine(was ?? 'none')} → ${plainLine(is ?? 'none')}`,
  ]);
  if (before === null || after === null) return rows;
  if (otherState) rows.push(['state', `${before.state} → ${after.state}`]);
  if (otherParas) rows.push(['arguments', `${parasText(before)} → ${parasText(after)}`]);
  rows.push(['content', contentText(content, before, after, style)]);
  return rows;
}

function parasText({ shellParas }: InstalledSummary): string {
  const text = shellParas.map((para) => JSON.stringify(plainLine(para))).join(' ');
  return text === '' ? 'none' : text;
}

function contentText(
  content: PluginOnHosts['content'],
  before: InstalledSummary,
  after: InstalledSummary,
  style: Style,
): string {
  if (content === 'same') return 'the same';
  const uploads = `${before.upload ?? 'not told'} → ${after.upload ?? 'not told'}`;
  if (content === 'different') return uploads;
  const why = 'not known to be the same: not all of it comes from kplugin';
  return before.upload === after.upload
    ? `${before.upload ?? 'not told'} ${style.dim(`(${why})`)}`
    : `${uploads} ${style.dim(`(${why})`)}`;
}
