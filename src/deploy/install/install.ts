import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { withoutManifest } from '../../package/identity.ts';
import { healthOf } from '../plugins/health.ts';
import { configLimits } from '../source-config/apply.ts';
import { beforeChange } from './after.ts';
import type { Candidate } from './candidate.ts';
import type { Applied } from './change.ts';
import { asked } from './failed.ts';
import { packageWarnings, refuseAmbiguous, refuseCollisions, refuseFaulty } from './gate.ts';
import { doneNotes, updateNotes } from './notes.ts';
import { type ObtainOptions, obtainCandidate } from './obtain.ts';
import { NOTHING_AFTER } from './options.ts';
import { type InstallPlan, planInstall } from './plan.ts';
import { sourceArgument, sourceLabel } from './source.ts';
import { changedYaml } from './source-yaml.ts';
import { transact } from './transaction.ts';
import type { InstallWatcher } from './watcher.ts';

export interface InstallRequest extends Omit<ObtainOptions, 'target' | 'arch' | 'watcher'> {
  /** Directory, zip or http(s) URL. */
  readonly source: string;
  /** The arguments of install.sh, in order. */
  readonly shellParas: readonly string[];
  /** Install in spite of errors in the package and of symbols that another plugin has. */
  readonly force: boolean;
  /** Register again even what is there and runs. */
  readonly reinstall: boolean;
  /** Milliseconds the host gets to start it; null: 90 s, with install.sh 5 min, as long as eKuiper itself waits. */
  readonly limit: number | null;
  /** Stop after the plan; nothing is sent. */
  readonly dryRun?: boolean;
  /**
   * Push changed groups of sources/*.yaml, which eKuiper 2.x does not read again
   * (docs/ekuiper.md#source-yaml-after-an-update).
   */
  readonly applyConfig?: boolean;
  /** Restart the rules that use it, once it runs. */
  readonly restartRules?: boolean;
  /** Keep it also where rules that had rows right before get none afterwards. */
  readonly allowSilence?: boolean;
}

export interface InstallEffects {
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  /** A client and a clock that Ctrl-C does not stop: they put things right. */
  readonly recovery: HostClient;
  readonly recoveryClock: Clock;
  /** Says that the rollback cannot be promised, and throws unless somebody says yes. */
  readonly approveNoRollback: (plan: InstallPlan) => Promise<void>;
  /** Shows what the host is going to run, and throws unless somebody says yes. */
  readonly approveScript: (script: string, plan: InstallPlan) => Promise<void>;
  /** Where the package comes from; left out: {@link obtainCandidate}. Many hosts share what was made for one. */
  readonly obtain?: typeof obtainCandidate;
}

export interface InstallResult extends Applied {
  readonly plan: InstallPlan;
  readonly candidate: Candidate;
  /** What was said before: what the update does beside what was asked for. */
  readonly warned: readonly string[];
  /** What is to be known afterwards. */
  readonly notes: readonly string[];
  /** Whether it ended with the plan; the health is that of what is there now. */
  readonly dryRun: boolean;
}

const LIMIT = 90_000;
/** eKuiper's HTTP server abandons a request after five minutes. */
const SCRIPT_LIMIT = 300_000;

/**
 * Installs or updates a plugin on one host and waits until it runs: everything is read, checked and approved before
 * anything is sent. Throws KpluginError: exit 1 for a faulty package, 2 for usage, 3 for the host.
 */
export async function install(
  client: HostClient,
  request: InstallRequest,
  effects: InstallEffects,
): Promise<InstallResult> {
  const info = await asked(client.info(), client);
  const { source, shellParas, reinstall, force } = request;
  const { target, arch } = info;
  const wanting = { ...request, target, arch, watcher: effects.watcher };
  const obtained = (effects.obtain ?? obtainCandidate)(source, wanting);
  const candidate = await asked(obtained, client);
  refuseAmbiguous(candidate);
  if (!force) refuseFaulty(candidate, { host: client.address.label, info, source });
  const { identity, upload, script } = candidate;
  if (script === null && shellParas.length > 0) throw noScript(source);
  const wanted = {
    plugin: {
      name: nameOf(candidate, source),
      version: plainLine(identity.version),
      symbols: identity.symbols,
    },
    uploadName: upload.name,
    shellParas,
    reinstall,
  };
  const plan = await asked(planInstall(client, wanted, effects.clock), client);
  if (!force) refuseCollisions(plan.collisions, client.address.label);
  const yaml = await asked(changedYaml(client, plan, candidate.sourceYaml), client);
  const limits = request.applyConfig === true ? configLimits(yaml) : [];
  const warned = [
    ...packageWarnings(candidate, { info, source }),
    ...updateNotes(plan, candidate, yaml),
    ...limits,
  ];
  if (request.dryRun === true) return { ...planned(plan), plan, candidate, warned };
  // Whoever is asked knows it by then.
  for (const note of warned) effects.watcher.warn(note);
  if (script !== null && plan.action !== 'unchanged') await effects.approveScript(script, plan);
  if (plan.rollback.state === 'unsure') await effects.approveNoRollback(plan);
  const isChange = plan.action !== 'unchanged';
  const watch = isChange ? await asked(beforeChange(client, plan.uses), client) : null;
  const options = {
    plugin: plan.name,
    info,
    uses: plan.uses,
    config: request.applyConfig === true ? yaml : [],
    restartRules: request.restartRules === true,
    allowSilence: request.allowSilence === true,
    act: 'install',
  } as const;
  const change = {
    plan,
    upload,
    digest: candidate.digest,
    symbols: identity.symbols,
    hasScript: script !== null,
    watch,
    options,
  };
  const applied = await transact(client, change, {
    ...effects,
    signal: request.signal,
    limit: request.limit ?? (script === null ? LIMIT : SCRIPT_LIMIT),
  });
  const notes = [...doneNotes(plan), ...applied.after.notes];
  return { ...applied, plan, candidate, warned, notes, dryRun: false };
}

function planned({ present, info }: InstallPlan): Applied & {
  readonly notes: readonly string[];
  readonly dryRun: true;
} {
  const health = present?.health ?? healthOf(null, info);
  const untouched = { registration: null, answerLost: false, attempts: 0, pruned: [] };
  return { ...untouched, health, notes: [], after: NOTHING_AFTER, dryRun: true };
}

function nameOf({ identity, findings }: Candidate, source: string): string {
  if (identity.name !== null) return identity.name;
  throw new KpluginError({
    code: 'no-manifest',
    exit: EXIT.findings,
    message: `${sourceLabel(source)} cannot be installed: ${withoutManifest(identity)}`,
    hint: `kplugin validate ${sourceArgument(source)}`,
    findings,
  });
}

function noScript(source: string): KpluginError {
  return new KpluginError({
    code: 'shell-para-without-script',
    exit: EXIT.usage,
    message: `--shell-para is for install.sh, and ${sourceLabel(source)} has none`,
    reason: 'eKuiper would ignore it without a word',
    hint: 'leave it out, or add install.sh to the root of the package',
  });
}
