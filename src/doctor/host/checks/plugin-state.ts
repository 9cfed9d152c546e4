import type { InstalledPlugin } from '../../../client/answers.ts';
import { translate } from '../../../client/messages/translate.ts';
import type { ListedPlugin } from '../../../deploy/plugins/host-plugins.ts';
import {
  type Interrupted,
  interruptedFix,
  interruptedText,
} from '../../../deploy/plugins/interrupted.ts';
import { uploadNameOf } from '../../../deploy/record/upload-name.ts';
import { troubleSentence } from '../../../deploy/rules/rule-sentences.ts';
import { has } from '../../../model/behaviours.ts';
import { pluginAt, shellWord } from '../../../model/shell-word.ts';
import { FOLDER_OF, SYMBOL_KINDS } from '../../../model/symbol.ts';
import { type Check, listed, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * States of a plugin that ended while it ran: the same package may run again. The cause of all others must be fixed
 * first.
 */
const ENDED = ['status-exited', 'status-killed', 'killed'];

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

function interruptedRemark(one: Interrupted, facts: HostFacts): Remark {
  const text = `plugin ${one.plugin}: ${interruptedText(one)}`;
  if (one.now === 'none') {
    return remark('host-plugin-interrupted', 'error', text, interruptedFix(one, facts.label));
  }
  const look = `kplugin status ${pluginAt(one.plugin, facts.label)}`;
  return remark('host-plugin-interrupted', 'warning', text, look);
}

async function states(plugins: readonly ListedPlugin[], facts: HostFacts): Promise<Remark[]> {
  const { version } = await facts.info();
  if (plugins.length === 0) return [remark('host-plugins', 'ok', 'it has no plugins')];
  if (!has(version, 'reports-status')) {
    const text = `eKuiper ${version} does not tell whether a plugin runs (${counted(plugins.length)} registered)`;
    return [remark('host-plugins', 'skipped', text)];
  }
  const sick = plugins.filter(({ health }) => ['dead', 'stopped'].includes(health.state));
  const running = plugins.filter(({ health }) => health.state === 'running').length;
  const isWell =
    running === plugins.length && plugins.every(({ troubles }) => troubles.length === 0);
  const well = `${counted(running)} of ${plugins.length} ${isWell ? 'in order' : running === 1 ? 'runs' : 'run'}`;
  return [
    ...(await Promise.all(sick.map((one) => dead(one, version, facts)))),
    ...(running === 0 ? [] : [remark('host-plugins', 'ok', well)]),
  ];
}

/** Rules that do not work because of a plugin, as `list` and `status` show them. */
export const troubledRules: Check<HostFacts> = {
  id: 'host-rules',
  asks: 'whether the rules of its plugins work',
  async look(facts) {
    const plugins = await facts.plugins();
    const using = new Set(plugins.flatMap(({ uses }) => uses.map(({ rule }) => rule))).size;
    const ill = plugins.flatMap(({ plugin, troubles }) =>
      troubles.map((trouble) => {
        const text = `plugin ${plugin.name}: ${troubleSentence(trouble)}`;
        const restart = trouble.state === 'silent' ? 'restart' : 'status';
        const hint = trouble.fix ?? `kplugin ${restart} ${pluginAt(plugin.name, facts.label)}`;
        return remark('host-rule-trouble', 'warning', text, hint);
      }),
    );
    if (ill.length > 0 || using === 0) return ill;
    const seen = `no trouble was seen in ${using === 1 ? 'the rule that uses' : `the ${using} rules that use`} its plugins`;
    return [remark('host-rules', 'ok', seen)];
  },
};

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

/**
 * Symbols that two plugins declare: eKuiper does not check this, the last one wins
 * (docs/ekuiper.md#symbols-of-two-plugins).
 */
export const sharedSymbols: Check<HostFacts> = {
  id: 'host-symbols',
  asks: 'whether two plugins claim a symbol',
  async look(facts) {
    const plugins = (await facts.plugins()).map(({ plugin }) => plugin);
    const shared = [...ownersOf(plugins)].filter(([, owners]) => owners.length > 1);
    if (shared.length === 0)
      return [remark('host-symbols', 'ok', 'no symbol belongs to two plugins')];
    return shared.map(([symbol, owners]) => {
      const text = `${symbol} belongs to ${listed(owners)}: the one installed last has it, and removing either takes its description from both; remove one, then install the other again`;
      const hint = `kplugin remove <plugin> --host ${shellWord(facts.label)}`;
      return remark('host-symbols', 'warning', text, hint);
    });
  },
};

/** The plugins of each symbol, by keys such as `function sam`. */
function ownersOf(plugins: readonly InstalledPlugin[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const plugin of plugins) {
    for (const kind of SYMBOL_KINDS) {
      for (const name of new Set(plugin[FOLDER_OF[kind]])) {
        const key = `${kind} ${name}`;
        owners.set(key, [...(owners.get(key) ?? []), plugin.name]);
      }
    }
  }
  return owners;
}

/**
 * Whether the host has a Python, from the Python plugins on it: no request returns it
 * (docs/ekuiper.md#python-on-the-host).
 */
export const hostPython: Check<HostFacts> = {
  id: 'host-python',
  asks: 'whether it has Python',
  async look(facts) {
    const plugins = (await facts.plugins()).filter(({ plugin }) => plugin.language === 'python');
    const running = plugins.filter(({ health }) => health.state === 'running');
    if (running.length > 0) {
      const names = listed(running.map(({ plugin }) => plugin.name));
      return [
        remark(
          'host-python',
          'ok',
          `it has Python with the SDK: ${names} ${running.length === 1 ? 'runs' : 'run'} on it`,
        ),
      ];
    }
    if (plugins.some(({ health }) => /executable file not found/.test(health.error))) {
      const hint =
        'run the image lfedge/ekuiper:<version>-slim-python, or set portable.pythonBin in etc/kuiper.yaml';
      return [remark('host-python', 'error', 'it finds no Python to start plugins with', hint)];
    }
    const text =
      'whether it has Python is not known: no Python plugin runs on it (of the images, only -slim-python has Python and the SDK)';
    return [remark('host-python', 'skipped', text)];
  },
};
