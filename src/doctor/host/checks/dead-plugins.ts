import { translate } from '../../../client/messages/translate.ts';
import {
  type Interrupted,
  interruptedFix,
  interruptedText,
} from '../../../deploy/plugins/interrupted.ts';
import type { ListedPlugin } from '../../../deploy/plugins/list.ts';
import { uploadNameOf } from '../../../deploy/record/upload-name.ts';
import { has } from '../../../model/behaviours.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import { type Check, type Remark, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

/** Finds plugins whose process has ended: eKuiper never restarts them (docs/ekuiper.md#dead-plugins). */
export const deadPlugins: Check<HostFacts> = {
  id: 'host-plugins',
  asks: 'whether its plugins run',
  async look(facts) {
    const plugins = await facts.plugins();
    const begun = [
      ...plugins.flatMap(({ interrupted }) => interrupted ?? []),
      ...(await facts.gone()),
    ];
    return [
      ...begun.map((one) => interruptedRemark(one, facts)),
      ...(await states(plugins, facts)),
    ];
  },
};

async function states(plugins: readonly ListedPlugin[], facts: HostFacts): Promise<Remark[]> {
  const { version } = await facts.info();
  if (plugins.length === 0) return [remark('host-plugins', 'ok', 'it has no plugins')];
  if (!has(version, 'reports-status')) {
    const text = `eKuiper ${version} does not tell whether a plugin runs (${counted(plugins.length)} registered)`;
    return [remark('host-plugins', 'skipped', text)];
  }
  const sick = plugins.filter(({ health }) => ['dead', 'stopped'].includes(health.state));
  const running = plugins.length - sick.length;
  const well = `${counted(running)} of ${plugins.length} in order`;
  return [
    ...(await Promise.all(sick.map((one) => dead(one, version, facts)))),
    ...(running === 0 ? [] : [remark('host-plugins', 'ok', well)]),
  ];
}

function interruptedRemark(one: Interrupted, facts: HostFacts): Remark {
  const text = `plugin ${one.plugin}: ${interruptedText(one)}`;
  if (one.now === 'none') {
    return remark('host-plugin-interrupted', 'error', text, interruptedFix(one, facts.label));
  }
  const look = `kplugin status ${pluginAt(one.plugin, facts.label)}`;
  return remark('host-plugin-interrupted', 'warning', text, look);
}

/**
 * States of a plugin that ended while it ran: the same package may run again. The cause of all others must be fixed
 * first.
 */
const ENDED = ['status-exited', 'status-killed', 'killed'];

async function dead(
  { plugin, health }: ListedPlugin,
  version: string,
  facts: HostFacts,
): Promise<Remark> {
  const context = { host: facts.label, plugin: plugin.name, source: null, version };
  const known = translate(health.error, context);
  const first = health.error.split('\n')[0] ?? '';
  const words = first === '' ? '' : ` (${first})`;
  if (known !== null && !ENDED.includes(known.id)) {
    const text = `plugin ${plugin.name} is ${health.state}${words}: ${known.cause}`;
    return remark('host-plugin-dead', 'error', text, known.next);
  }
  const state = `plugin ${plugin.name} is ${health.state}${health.meaning.includes(first) ? '' : words}: ${health.meaning}`;
  const isThere = await hasPackage(plugin.name, facts);
  const text = isThere ? state : `${state}; the host has its package no longer: install it again`;
  const again = isThere
    ? `kplugin restart ${pluginAt(plugin.name, facts.label)}`
    : `kplugin install <dir|zip> --host ${shellWord(facts.label)}`;
  return remark('host-plugin-dead', 'error', text, again);
}

/**
 * A restart registers the present registration again, so the host must still have its package; unknown counts as yes.
 */
async function hasPackage(name: string, facts: HostFacts): Promise<boolean> {
  try {
    const [{ registrations }, uploads] = await Promise.all([facts.exported(), facts.uploads()]);
    const file = registrations.get(name)?.file ?? '';
    return !file.startsWith('file:') || uploads.map(uploadNameOf).includes(uploadNameOf(file));
  } catch {
    return true;
  }
}

function counted(count: number): string {
  return count === 1 ? '1 plugin' : `${count} plugins`;
}
