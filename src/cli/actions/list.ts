import { type ListedPlugin, listPlugins, type PluginList } from '../../deploy/plugins/list.ts';
import type { Action } from '../command.ts';
import type { list } from '../commands/list.ts';
import { healthData, healthText, isDown } from '../deploy/health-text.ts';
import { openHost } from '../deploy/open-host.ts';
import { rulesCount, rulesData } from '../deploy/rules-text.ts';
import { textTable } from '../deploy/table.ts';
import type { Style } from '../terminal/style.ts';

export const run: Action<typeof list.flags> = async ({ flags }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  try {
    const listed = await listPlugins(client);
    return {
      data: {
        host,
        version: listed.info.version,
        plugins: listed.plugins.map((one) => ({
          ...one.plugin,
          ...healthData(one.health),
          ...rulesData(one),
        })),
      },
      human: (style) => text(listed, host, style),
      next: nextCommands(listed, host),
    };
  } finally {
    await client.close();
  }
};

function text({ info, plugins }: PluginList, host: string, style: Style): string {
  if (plugins.length === 0) return `no plugins on ${host} (eKuiper ${info.version})\n`;
  const head = ['NAME', 'VERSION', 'LANGUAGE', 'SYMBOLS', 'RULES', 'STATE'].map(style.dim);
  return textTable([head, ...plugins.map((row) => cells(row, style))]);
}

function cells(listed: ListedPlugin, style: Style): string[] {
  const { plugin, health } = listed;
  const symbols = [
    counted(plugin.sources, 'source'),
    counted(plugin.sinks, 'sink'),
    counted(plugin.functions, 'function'),
  ];
  return [
    style.bold(plugin.name),
    plugin.version || '-',
    plugin.language,
    symbols.filter((part) => part !== '').join(', '),
    rulesCount(listed, style),
    healthText(health, style),
  ];
}

function counted(names: readonly string[], kind: string): string {
  if (names.length === 0) return '';
  return names.length === 1 ? `1 ${kind}` : `${names.length} ${kind}s`;
}

function nextCommands({ plugins }: PluginList, host: string): string[] {
  if (plugins.length === 0) return [`kplugin install <dir|zip> --host ${host}`];
  const named = (command: string, listed: readonly ListedPlugin[]): string[] =>
    listed.map(({ plugin }) => `kplugin ${command} ${plugin.name} --host ${host}`);
  return [
    ...named(
      'restart',
      plugins.filter(({ health }) => isDown(health)),
    ),
    ...named(
      'status',
      plugins.filter(({ health, troubles }) => !isDown(health) && troubles.length > 0),
    ),
  ];
}
