import type { Action, FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { modeText } from '../../cli/output/number-text.ts';
import type { View } from '../../cli/output/view.ts';
import type { HostClient } from '../../client/host-client.ts';
import { diffHosts } from '../../deploy/diff/diff-hosts.ts';
import {
  diffInstalled,
  type InstalledDiff,
  turnedInstalled,
} from '../../deploy/diff/diff-installed.ts';
import { readHost, type Verdict } from '../../deploy/diff/host-side.ts';
import { fleetOf, type HostRead, readFleet } from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import {
  diffPlugins,
  type PluginDiff,
  type PluginReading,
  readPlugin,
} from '../../package/diff/diff-plugins.ts';
import type { FileState } from '../../package/diff/file-changes.ts';
import type { SideSummary } from '../../package/diff/plugin-side.ts';
import { withoutManifest } from '../../package/identity.ts';
import type { command } from './command.ts';
import {
  type DiffSide,
  isHost,
  type SideGiven,
  sidesGiven,
  takenForHost,
  withPlugin,
  withSide,
} from './diff-sides.ts';
import { hostsDiffViews, installedDiffViews } from './text/diff-hosts-view.ts';
import { pluginDiffViews } from './text/diff-plugins-view.ts';

interface CompareOptions {
  /** Omit the changed lines of files. */
  readonly stat: boolean;
  /** Compare only this plugin of two hosts. */
  readonly plugin: string | null;
}

/**
 * The options of `diff` besides the two sides. Under `--quiet` only the exit code is left, as with `git diff --quiet`.
 */
interface DiffAsked {
  readonly flags: FlagValues<typeof command.flags>;
  readonly options: CompareOptions;
  readonly context: Context;
}

type PluginContent = Extract<DiffSide, { kind: 'plugin' }>['view'];

/** `kplugin diff`: compares plugins or hosts. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const [a, b] = await sidesGiven(args, flags, context.cwd);
  const options = { stat: flags.stat, plugin: flags.plugin ?? null };
  const asked = { flags, options, context };
  return isHost(a) === isHost(b) ? compareAlike(a, b, asked) : againstHosts(a, b, asked);
};

/** Compares two plugins or two hosts. */
async function compareAlike(
  a: SideGiven,
  b: SideGiven,
  { flags, options, context }: DiffAsked,
): Promise<Outcome> {
  const compared = await withSide(a, flags, context, (before) =>
    withSide(b, flags, context, (after) => compareSides(before, after, options)),
  );
  const error = verdictError(compared.verdict, compared.names);
  return {
    get data() {
      return compared.data;
    },
    view: () => (context.globals.quiet ? [] : compared.views()),
    ...(error === null ? {} : { error }),
  };
}

/** The result of a comparison. */
interface Compared {
  readonly data: object;
  readonly verdict: Verdict;
  /** The names of the two sides in messages. */
  readonly names: readonly [string, string];
  readonly views: () => readonly View[];
}

/** Throws HostFailure, and exit 2 for input that cannot be read or compared. */
async function compareSides(
  before: DiffSide,
  after: DiffSide,
  options: CompareOptions,
): Promise<Compared> {
  if (before.kind === 'host' && after.kind === 'host') {
    return compareHosts(before.client, after.client, options);
  }
  if (options.plugin !== null) throw onlyForHosts();
  if (before.kind === 'plugin' && after.kind === 'plugin') {
    return comparePlugins(before.view, after.view, options);
  }
  throw new Error('two sides that are alike are one of these');
}

async function comparePlugins(
  a: PluginContent,
  b: PluginContent,
  { stat }: CompareOptions,
): Promise<Compared> {
  const found = await diffPlugins(a, b);
  return {
    // Computed only on demand: for 60,000 files it doubles the memory.
    get data() {
      return pluginDiffData(found);
    },
    verdict: found.same ? 'same' : 'different',
    names: [found.before.label, found.after.label],
    views: () => pluginDiffViews(found, stat),
  };
}

async function compareHosts(
  a: HostClient,
  b: HostClient,
  { plugin }: CompareOptions,
): Promise<Compared> {
  const [before, after] = await Promise.all([readHost(a), readHost(b)]);
  const found = await diffHosts(before, after, plugin);
  const names = [a.address.label, b.address.label] as const;
  if (plugin !== null && found.plugins.length === 0) throw onNeither(plugin, names);
  return {
    data: found,
    verdict: found.verdict,
    names,
    views: () => hostsDiffViews(found),
  };
}

function onNeither(plugin: string, [a, b]: readonly [string, string]): KpluginError {
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `neither ${a} nor ${b} has a plugin ${plugin}`,
    hint: `kplugin list --host ${shellWord(a)}`,
  });
}

/** The data of `diff --json` for two plugins, with modes as octal text. */
function pluginDiffData(found: PluginDiff): object {
  return {
    ...found,
    files: found.files.map((change) => ({
      ...change,
      before: stateData(change.before),
      after: stateData(change.after),
    })),
  };
}

function stateData(state: FileState | null): object | null {
  return state && { ...state, mode: state.mode === null ? null : modeText(state.mode) };
}

/**
 * Compares a plugin, which is read once, with each host. Throws exit 2 for input that cannot be read or compared;
 * errors of a host are in its row.
 */
async function againstHosts(
  a: SideGiven,
  b: SideGiven,
  { flags, options, context }: DiffAsked,
): Promise<Outcome> {
  const isTurned = isHost(b);
  const [host, plugin] = isTurned ? [b, a] : [a, b];
  const named = host.kind === 'host' ? { ...flags, host: [host.text], group: [] } : flags;
  const fleet = fleetOf(named, context);
  if (options.plugin !== null) throw onlyForHosts();
  const reading = await withPlugin(plugin, flags, context, (view) =>
    readPlugin(view, isTurned ? 'before' : 'after'),
  );
  const work = installed(reading, host, { isTurned, stat: options.stat });
  const outcome = await readFleet(fleet, work, context);
  return context.globals.quiet ? { ...outcome, view: () => [] } : outcome;
}

function installed(
  reading: PluginReading,
  host: SideGiven,
  { isTurned, stat }: { readonly isTurned: boolean; readonly stat: boolean },
): HostRead<InstalledDiff> {
  const { facts, label } = reading.summary;
  const { name } = facts;
  if (name === null) throw noManifest(reading.summary);
  return {
    read: async (client) => {
      const seen = await diffInstalled(client, reading, name).catch((thrown: unknown) => {
        throw host.kind === 'host' ? takenForHost(thrown, host.text, client) : thrown;
      });
      return isTurned ? turnedInstalled(seen) : seen;
    },
    verdict: ({ verdict }, at) => verdictError(verdict, isTurned ? [label, at] : [at, label]),
    data: ({ host: { ekuiper, os, arch }, ...found }) => ({ ekuiper, os, arch, ...found }),
    state: ({ verdict }) => verdict,
    one: (found) => installedDiffViews(found, stat),
  };
}

/** The error for `--plugin` without two hosts: a package contains only one plugin. */
function onlyForHosts(): KpluginError {
  return new KpluginError({
    code: 'plugin-with-package',
    exit: EXIT.usage,
    message: '--plugin is for two hosts: a package is compared with the plugin of its own name',
    hint: 'leave out --plugin',
  });
}

function noManifest(summary: SideSummary): KpluginError {
  return new KpluginError({
    code: 'no-manifest',
    exit: EXIT.usage,
    message: `${summary.label} cannot be compared with what a host has: ${withoutManifest(summary)}`,
    hint: `kplugin validate ${fileWord(summary.label)}`,
  });
}

/** The error with which `diff` ends when the sides differ or may differ; null when they are the same. */
function verdictError(
  verdict: Verdict,
  [before, after]: readonly [string, string],
): KpluginError | null {
  if (verdict === 'same') return null;
  const isKnown = verdict === 'different';
  return new KpluginError({
    code: isKnown ? 'different' : 'not-known-to-be-same',
    exit: EXIT.findings,
    message: isKnown
      ? `${before} and ${after} are not the same`
      : `${before} and ${after} are the same as far as can be told, which is not all of it`,
    hint: 'data tells what differs, and what is not known',
  });
}
