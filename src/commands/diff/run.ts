import type { Action } from '../../cli/command.ts';
import { modeText } from '../../cli/output/size.ts';
import type { Style } from '../../cli/output/style.ts';
import type { Text } from '../../cli/output-pieces.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { Verdict } from '../../deploy/diff/content.ts';
import { diffHosts } from '../../deploy/diff/diff-hosts.ts';
import { diffInstalled, turnedInstalled } from '../../deploy/diff/diff-installed.ts';
import { readHost } from '../../deploy/diff/read-host.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import { diffPlugins, type PluginDiff } from '../../package/diff/diff-plugins.ts';
import { readPlugin } from '../../package/diff/read-plugin.ts';
import type { FileState } from '../../package/diff/side-reader.ts';
import type { SideSummary } from '../../package/diff/side-summary.ts';
import { withoutManifest } from '../../package/identity.ts';
import type { diff } from './command.ts';
import { hostsDiffText } from './diff-hosts-text.ts';
import { installedDiffText } from './diff-installed-text.ts';
import { type DiffSide, sidesGiven, withSide } from './diff-sides.ts';
import { pluginDiffText } from './diff-text.ts';

/** `kplugin diff`: what changes from one plugin or host to another. */
export const run: Action<typeof diff.flags> = async ({ flags, args }, context) => {
  const [a, b] = await sidesGiven(args, flags, context.cwd);
  const options = { stat: flags.stat, plugin: flags.plugin ?? null };
  const compared = await withSide(a, flags, context, (before) =>
    withSide(b, flags, context, (after) => compareSides(before, after, options)),
  );
  const error = errorOf(compared);
  return {
    get data() {
      return compared.data;
    },
    // Quietly the exit code is all that is asked for, as with git diff --quiet.
    human: (style) => (context.globals.quiet ? '' : compared.text(style)),
    ...(error === null ? {} : { error }),
  };
};

function errorOf({ verdict, names: [before, after] }: Compared): KpluginError | null {
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

/** What a comparison found, whatever was compared. */
interface Compared {
  readonly data: object;
  readonly verdict: Verdict;
  /** How messages name the two. */
  readonly names: readonly [string, string];
  readonly text: (style: Style) => Text;
}

interface CompareOptions {
  /** Leave out the lines that changed in the files. */
  readonly stat: boolean;
  /** The only plugin to compare on two hosts. */
  readonly plugin: string | null;
}

/** Compares any two. Throws HostFailure, and exit 2 for what cannot be read or makes no sense. */
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
  if (before.kind === 'host' && after.kind === 'plugin') {
    return compareInstalled(before.client, after.view, options, false);
  }
  if (before.kind === 'plugin' && after.kind === 'host') {
    return compareInstalled(after.client, before.view, options, true);
  }
  throw new Error('two sides are one of these');
}

type View = Extract<DiffSide, { kind: 'plugin' }>['view'];

async function comparePlugins(a: View, b: View, { stat }: CompareOptions): Promise<Compared> {
  const found = await diffPlugins(a, b);
  return {
    // Only where it is asked for: of 60,000 files it is as much memory again.
    get data() {
      return pluginDiffData(found);
    },
    verdict: found.same ? 'same' : 'different',
    names: [found.before.label, found.after.label],
    text: (style) => pluginDiffText(found, { stat, style }),
  };
}

async function compareInstalled(
  client: HostClient,
  view: View,
  { stat }: CompareOptions,
  turned: boolean,
): Promise<Compared> {
  const reading = await readPlugin(view, turned ? 'before' : 'after');
  const { name } = reading.summary.facts;
  if (name === null) throw noManifest(reading.summary);
  const seen = await diffInstalled(client, reading, name);
  const found = turned ? turnedInstalled(seen) : seen;
  const names = [client.address.label, view.label] as const;
  return {
    data: found,
    verdict: found.verdict,
    names: turned ? [names[1], names[0]] : names,
    text: (style) => installedDiffText(found, { stat, style }),
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
    text: (style) => hostsDiffText(found, style),
  };
}

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

function onNeither(plugin: string, [a, b]: readonly [string, string]): KpluginError {
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `neither ${a} nor ${b} has a plugin ${plugin}`,
    hint: `kplugin list --host ${shellWord(a)}`,
  });
}

/** What `diff --json` prints of two plugins: all of it, with modes as octal text. */
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
