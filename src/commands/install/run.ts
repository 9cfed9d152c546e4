import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { inTemporaryFolder } from '../../cli/folders.ts';
import type { View } from '../../cli/output/view.ts';
import { pythonParser } from '../../cli/python-parser.ts';
import { durationFlag } from '../../cli/shared-flags.ts';
import type { InstallAction } from '../../deploy/change/plan.ts';
import { firstLook } from '../../deploy/change/second-look.ts';
import { download } from '../../deploy/install/download.ts';
import {
  applyInstallation,
  type InstallRequest,
  type InstallResult,
  nothingToInstall,
  type PlannedInstall,
  planInstallation,
} from '../../deploy/install/install.ts';
import {
  type Candidate,
  type ObtainOptions,
  obtainCandidate,
  refuseNoSource,
} from '../../deploy/install/obtain.ts';
import { verifyProgram } from '../../deploy/install/verify-program.ts';
import {
  type Operation,
  type OperationView,
  type Planned,
  rolloutSettings,
} from '../../fleet/operation.ts';
import type { Order } from '../../fleet/plan-text.ts';
import { approveUnsure } from '../../fleet/rollback-consent.ts';
import type { HostRow, RowState } from '../../fleet/rollout-rows.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { isUrl, pluginAt, sourceArgument } from '../../model/shell-word.ts';
import type { command } from './command.ts';
import {
  installedData,
  installedView,
  plannedData,
  plannedView,
  plansView,
  summarize,
} from './install-text.ts';
import { approveScripts } from './script-consent.ts';

const DONE: Readonly<Record<InstallAction, RowState>> = {
  install: 'installed',
  update: 'updated',
  restart: 'started again',
  unchanged: 'unchanged',
};

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const source = args[0] ?? '.';
  const { cwd, env, signal } = context;
  const sha256 = await pinOf(flags.sha256, source, cwd);
  const hosts = resolveHosts(flags, context);
  const settings = rolloutSettings(flags, context);
  const reach = { ...settings.reach, source: sourceArgument(source) };
  return inTemporaryFolder('kplugin-install-', signal, (scratch) => {
    const {
      shellPara: shellParas,
      force,
      reinstall,
      applyConfig,
      restartRules,
      allowSilence,
    } = flags;
    const options = { shellParas, force, reinstall, applyConfig, restartRules, allowSilence };
    const parsePython = pythonParser(path.resolve(cwd, source), context);
    const accept =
      flags.verify === undefined ? {} : { accept: verifyProgram(flags.verify, context) };
    const watchFor = flags.watch === undefined ? null : durationFlag(flags.watch, '--watch');
    const request = {
      ...accept,
      source,
      cwd,
      env,
      scratch,
      sha256,
      limit: reach.timeout,
      parsePython,
      watchFor,
      ...options,
    };
    const operation = installation(request, flags.allowInstallScript, context);
    return runOperation(hosts, operation, installationView(), { ...settings, reach }, context);
  });
};

/** The wanted SHA-256. Throws exit 2 when there is no such source, or when it cannot have one. */
async function pinOf(hex: string | undefined, source: string, cwd: string): Promise<string | null> {
  const isDirectory = await refuseNoSource(source, cwd);
  if (hex === undefined) return null;
  if (isDirectory || !/^[0-9a-f]{64}$/i.test(hex)) {
    throw new KpluginError({
      code: 'bad-sha256',
      exit: EXIT.usage,
      message: isDirectory
        ? '--sha256 is for a zip or a URL, and this is a directory'
        : '--sha256 is no SHA-256: 64 hex digits',
      hint: 'sha256sum <zip> prints it; kplugin inspect <zip> too',
    });
  }
  return hex.toLowerCase();
}

/** The installation; a package is made once for all hosts of the same eKuiper version and architecture. */
function installation(
  request: InstallRequest,
  allowScript: boolean,
  context: Context,
): Operation<PlannedInstall, InstallResult> {
  const obtain = sharedPackage();
  return {
    plan: (client, effects) => planInstallation(client, request, { ...effects, obtain }),
    settled: (planned) => nothingToInstall(planned, request),
    apply: (client, planned, effects) => applyInstallation(client, planned, request, effects),
    look: (client, { plan, applied }) => {
      const receiving = applied.after.verdicts.filter(({ state }) => state === 'answers');
      return firstLook(client, {
        name: plan.name,
        rules: plan.uses.map(({ rule }) => rule),
        receiving: new Set(receiving.map(({ rule }) => rule)),
      });
    },
    ask: async (changing) => {
      const scripts = changing
        .filter(({ plan: { plan } }) => plan.action !== 'unchanged')
        .map(({ label, plan: { candidate, plan } }) => ({ label, script: candidate.script, plan }));
      await approveScripts(scripts, allowScript, context);
      const unsure = changing.filter(({ plan: { plan } }) => plan.rollback.state === 'unsure');
      await approveUnsure(
        unsure.map(({ label, plan: { plan } }) => ({ label, plan })),
        context,
      );
    },
  };
}

/** How an installation is shown. */
export function installationView(): OperationView<PlannedInstall, InstallResult> {
  return {
    versionOf: ({ plan }) => plan.present?.plugin.version ?? null,
    planRow: (label, planned) => ({
      ...rowBase(label, planned),
      state: planned.plan.action === 'unchanged' ? 'unchanged' : 'planned',
      note: planned.plan.action === 'unchanged' ? '' : planned.plan.action,
      data: plannedData(planned, label),
      notes: [],
    }),
    doneRow: (label, result) => ({
      ...rowBase(label, result),
      state: DONE[result.plan.action],
      note: '',
      data: installedData(result, label),
      notes: result.notes,
    }),
    plans: plansOf,
    before: ({ warned }) => warned.map((note) => `note: ${note}`),
    planned: plannedView,
    done: installedView,
    next: (host, { plan }) => [`kplugin status ${pluginAt(plan.name, host)}`],
  };
}

function rowBase(
  label: string,
  { plan }: PlannedInstall,
): Pick<HostRow, 'label' | 'before' | 'after' | 'ms' | 'error'> {
  const before = plan.present?.plugin.version ?? null;
  return { label, before, after: plan.version, ms: null, error: null };
}

function plansOf(all: readonly Planned<PlannedInstall>[], order: Order): View {
  const plan = all[0]?.plan.plan;
  const what = plan === undefined ? 'the plugin' : `${plan.name} ${plan.version}`.trim();
  const summary = summarize(
    all.map(({ label, plan: { plan: one, warned } }) => ({ label, plan: one, warned })),
  );
  return plansView(summary, what, order);
}

type Obtain = typeof obtainCandidate;

/**
 * An {@link obtainCandidate} for several hosts: a URL is downloaded once, and a project is built, packed and checked
 * once for each eKuiper version and architecture. One at a time, because a build writes into the project directory. An
 * error is thrown for every host. The files stay in the scratch directory.
 */
export function sharedPackage(obtain: Obtain = obtainCandidate, fetch = download): Obtain {
  const made = new Map<string, Promise<Candidate>>();
  let before: Promise<unknown> = Promise.resolve();
  let downloaded: Promise<string> | null = null;
  const make = async (source: string, options: ObtainOptions): Promise<Candidate> => {
    if (isUrl(source)) downloaded ??= fetch(source, options);
    // A directory for each, because a project has the same file name for every architecture.
    const scratch = await mkdtemp(path.join(options.scratch, 'for-'));
    return obtain((await downloaded) ?? source, { ...options, scratch });
  };
  return (source, options) => {
    const key = `${options.target} ${options.arch} ${source}`;
    const known = made.get(key);
    if (known) return known;
    const making = before.then(() => make(source, options));
    before = making.catch(() => undefined);
    made.set(key, making);
    return making;
  };
}
