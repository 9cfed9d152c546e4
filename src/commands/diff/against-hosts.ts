import type { FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import {
  diffInstalled,
  type InstalledDiff,
  turnedInstalled,
} from '../../deploy/diff/diff-installed.ts';
import { fleetOf, type HostRead, readFleet } from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import { type PluginReading, readPlugin } from '../../package/diff/read-plugin.ts';
import type { SideSummary } from '../../package/diff/side-summary.ts';
import { withoutManifest } from '../../package/identity.ts';
import type { diff } from './command.ts';
import { isHost, type SideGiven, takenForHost, withPlugin } from './diff-sides.ts';
import { installedDiffViews } from './text/diff-installed-view.ts';
import { verdictError } from './text/diff-verdict.ts';

export interface CompareOptions {
  /** Leave out the lines that changed in the files. */
  readonly stat: boolean;
  /** The only plugin to compare on two hosts. */
  readonly plugin: string | null;
}

/** What `diff` was asked for, beside the two sides; quietly the exit code is all, as with `git diff --quiet`. */
export interface DiffAsked {
  readonly flags: FlagValues<typeof diff.flags>;
  readonly options: CompareOptions;
  readonly context: Context;
}

/**
 * Compares a plugin, which is read once, with what each host has of it. Throws exit 2 for what cannot be read or makes no
 * sense; what a host refuses is told in its row.
 */
export async function againstHosts(
  a: SideGiven,
  b: SideGiven,
  { flags, options, context }: DiffAsked,
): Promise<Outcome> {
  const isTurned = isHost(b);
  const [host, plugin] = isTurned ? [b, a] : [a, b];
  const named = host.kind === 'host' ? { ...flags, host: [host.text], group: [] } : flags;
  const fleet = fleetOf(named, context);
  if (options.plugin !== null) throw onlyForHosts();
  const reading = await withPlugin(plugin, context, (view) =>
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

/** Of a package it is its own. */
export function onlyForHosts(): KpluginError {
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
