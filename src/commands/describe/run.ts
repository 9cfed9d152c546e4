import type { Action } from '../../cli/command.ts';
import {
  healthData,
  healthText,
  healthWord,
  interruptedFacts,
  rulesData,
  rulesFacts,
} from '../../cli/output/plugin-state-text.ts';
import { bold, type View } from '../../cli/output/view.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { isDown } from '../../deploy/health.ts';
import { describePlugin, type PluginDescription } from '../../deploy/plugins/host-plugins.ts';
import { interruptedFix } from '../../deploy/plugins/interrupted.ts';
import { fleetOf, type HostRead, readFleet } from '../../fleet/read-fleet.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = ({ flags, args }, context) =>
  readFleet(fleetOf(flags, context), description(args[0] ?? ''), context);

function description(name: string): HostRead<PluginDescription> {
  return {
    read: (client, { clock }) => describePlugin(client, name, clock),
    data: (found) => ({
      ekuiper: found.info.version,
      ...found.plugin,
      ...healthData(found.health),
      ...rulesData(found),
      registration: found.registration,
      interrupted: found.interrupted,
    }),
    state: ({ health }) => healthWord(health),
    one: view,
    next: (rows) =>
      rows.flatMap(({ found, label }) => (isDown(found.health) ? [wayOut(found, label)] : [])),
  };
}

function wayOut({ plugin, interrupted }: PluginDescription, host: string): string {
  return interrupted === null
    ? `kplugin restart ${pluginAt(plugin.name, host)}`
    : interruptedFix(interrupted, host);
}

function view(found: PluginDescription, host: string): View {
  const { plugin, health, registration, info } = found;
  const paras = registration?.shellParas ?? [];
  return {
    facts: [
      ['name', bold(plugin.name)],
      ['version', plugin.version],
      ['host', `${host} (eKuiper ${info.version}, ${info.os ?? '?'}/${info.arch ?? '?'})`],
      ['state', healthText(health), health.meaning],
      ...interruptedFacts(found.interrupted),
      ['language', plugin.language],
      ['executable', plugin.executable],
      ['conda env', plugin.env ?? ''],
      ['sources', plugin.sources.join(', ')],
      ['sinks', plugin.sinks.join(', ')],
      ['functions', plugin.functions.join(', ')],
      ...rulesFacts(found),
      ['package', registration === null ? '' : plainLine(registration.file)],
      ['shell paras', paras.map((para) => JSON.stringify(plainLine(para))).join(' ')],
    ],
  };
}
