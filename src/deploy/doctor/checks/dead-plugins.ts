import type { ListedPlugin } from '../../plugins/list.ts';
import { type Check, type Remark, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

/** Plugins whose process has ended: eKuiper never starts them again (real-servers.md N18). */
export const deadPlugins: Check<HostFacts> = {
  id: 'host-plugins',
  asks: 'whether its plugins run',
  async look(facts) {
    const plugins = await facts.plugins();
    const { features, version } = await facts.info();
    const sick = plugins.filter(({ health }) => ['dead', 'stopped'].includes(health.state));
    if (plugins.length === 0) return [remark('host-plugins', 'ok', 'it has no plugins')];
    if (!features.status) {
      const text = `eKuiper ${version} does not tell whether a plugin runs (${counted(plugins.length)} registered)`;
      return [remark('host-plugins', 'skipped', text)];
    }
    const running = plugins.length - sick.length;
    const well =
      running === 0
        ? []
        : [remark('host-plugins', 'ok', `${counted(running)} of ${plugins.length} in order`)];
    return [...sick.map((one) => dead(one, facts.label)), ...well];
  },
};

function dead({ plugin, health }: ListedPlugin, host: string): Remark {
  const first = health.error.split('\n')[0] ?? '';
  const words = first === '' || health.meaning.includes(first) ? '' : ` (${first})`;
  const text = `plugin ${plugin.name} is ${health.state}${words}: ${health.meaning}`;
  return remark('host-plugin-dead', 'error', text, `kplugin restart ${plugin.name} --host ${host}`);
}

function counted(count: number): string {
  return count === 1 ? '1 plugin' : `${count} plugins`;
}
