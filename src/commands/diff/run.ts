import type { Action } from '../../cli/command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { modeText } from '../../cli/output/size.ts';
import type { View } from '../../cli/output/view.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { Verdict } from '../../deploy/diff/content.ts';
import { diffHosts } from '../../deploy/diff/diff-hosts.ts';
import { readHost } from '../../deploy/diff/read-host.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { diffPlugins, type PluginDiff } from '../../package/diff/diff-plugins.ts';
import type { FileState } from '../../package/diff/side-reader.ts';
import {
  againstHosts,
  type CompareOptions,
  type DiffAsked,
  onlyForHosts,
} from './against-hosts.ts';
import type { diff } from './command.ts';
import { type DiffSide, isHost, type SideGiven, sidesGiven, withSide } from './diff-sides.ts';
import { hostsDiffViews } from './text/diff-hosts-view.ts';
import { pluginDiffViews } from './text/diff-plugins-view.ts';
import { verdictError } from './text/diff-verdict.ts';

/** `kplugin diff`: what changes from one plugin or host to another. */
export const run: Action<typeof diff.flags> = async ({ flags, args }, context) => {
  const [a, b] = await sidesGiven(args, flags, context.cwd);
  const options = { stat: flags.stat, plugin: flags.plugin ?? null };
  const asked = { flags, options, context };
  return isHost(a) === isHost(b) ? compareAlike(a, b, asked) : againstHosts(a, b, asked);
};

/** Two plugins or two hosts. */
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

/** What a comparison found, whatever was compared. */
interface Compared {
  readonly data: object;
  readonly verdict: Verdict;
  /** How messages name the two. */
  readonly names: readonly [string, string];
  readonly views: () => readonly View[];
}

/** Throws HostFailure, and exit 2 for what cannot be read or makes no sense. */
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

type PluginContent = Extract<DiffSide, { kind: 'plugin' }>['view'];

async function comparePlugins(
  a: PluginContent,
  b: PluginContent,
  { stat }: CompareOptions,
): Promise<Compared> {
  const found = await diffPlugins(a, b);
  return {
    // Only where it is asked for: of 60,000 files it is as much memory again.
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
