import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { sourceArgument, sourceLabel } from '../../model/shell-word.ts';
import { withoutManifest } from '../../package/identity.ts';
import { beforeChange, troubleNotes } from '../change/after.ts';
import { carryOut } from '../change/carry-out.ts';
import {
  type Applied,
  type Change,
  type ChangeEffects,
  type InstallWatcher,
  NOTHING_AFTER,
} from '../change/change.ts';
import { asked } from '../change/failed.ts';
import { type InstallPlan, planInstall } from '../change/plan.ts';
import { isWell } from '../change/register.ts';
import { configLimits } from '../source-settings.ts';
import {
  packageWarnings,
  refuseAmbiguous,
  refuseCollisions,
  refuseFaulty,
  refuseLost,
} from './gate.ts';
import { changedYaml, doneNotes, updateNotes, type YamlChange } from './notes.ts';
import { type Candidate, type ObtainOptions, obtainCandidate } from './obtain.ts';

export interface InstallRequest
  extends Omit<ObtainOptions, 'target' | 'arch' | 'watcher' | 'signal'> {
  /** Directory, zip or http(s) URL. */
  readonly source: string;
  /** The arguments of install.sh, in order. */
  readonly shellParas: readonly string[];
  /** Ignore package errors, symbol conflicts, and rules that use symbols which the package lacks. */
  readonly force: boolean;
  /** Register again even if the same content runs already. */
  readonly reinstall: boolean;
  /**
   * Milliseconds for the host to start the plugin, and for a download if that is more; null: 90 s, with install.sh 5 min,
   * which is eKuiper's own limit.
   */
  readonly limit: number | null;
  /**
   * Send changed groups of sources/*.yaml, which eKuiper 2.x does not read again
   * (docs/ekuiper.md#source-yaml-after-an-update).
   */
  readonly applyConfig: boolean;
  /** Restart the rules that use the plugin once it runs. */
  readonly restartRules: boolean;
  /** Keep the new version even if rules stop receiving data. */
  readonly allowSilence: boolean;
  /** A check of the operator for each host, see {@link Change.accept}. */
  readonly accept?: Change['accept'];
  /** Milliseconds that each rule is watched for its first row; null: as long as its pace needs, at most a minute. */
  readonly watchFor?: number | null;
}

/** The clients and callbacks that planning uses. */
interface PlanEffects {
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Makes the package; default {@link obtainCandidate}. A rollout shares one package between many hosts. */
  readonly obtain?: typeof obtainCandidate;
}

/** What an installation will do on a host. */
export interface PlannedInstall {
  readonly plan: InstallPlan;
  readonly candidate: Candidate;
  /** Warnings to show before it is done. */
  readonly warned: readonly string[];
  /** Differences between the settings of the package's sources and those that the host uses. */
  readonly yaml: readonly YamlChange[];
  /** Problems of its rules when the plugin stays unchanged. */
  readonly troubles: readonly string[];
}

export interface InstallResult extends PlannedInstall {
  readonly applied: Applied;
  /** Notes to show afterwards. */
  readonly notes: readonly string[];
}

const LIMIT = 90_000;
/** Milliseconds: eKuiper's HTTP server abandons a request after five minutes. */
const SCRIPT_LIMIT = 300_000;

/**
 * Reads a host, makes the package for it, and plans the installation; changes nothing. Throws KpluginError: exit 1 for
 * a faulty package, 2 for usage, 3 for the host.
 */
export async function planInstallation(
  client: HostClient,
  request: InstallRequest,
  { watcher, clock, signal, obtain = obtainCandidate }: PlanEffects,
): Promise<PlannedInstall> {
  const info = await asked(client.info(), client);
  const { source, shellParas, reinstall, force } = request;
  const { target, arch } = info;
  const candidate = await asked(
    obtain(source, { ...request, target, arch, watcher, signal }),
    client,
  );
  refuseAmbiguous(candidate);
  if (!force) refuseFaulty(candidate, { host: client.address.label, info, source });
  const { identity, upload, script } = candidate;
  if (script === null && shellParas.length > 0) throw noScript(source);
  const { version, symbols } = identity;
  const wanted = {
    plugin: { name: nameOf(candidate, source), version: plainLine(version), symbols },
    uploadName: upload.name,
    shellParas,
    reinstall,
  };
  const plan = await asked(planInstall(client, wanted, clock), client);
  if (!force) {
    refuseCollisions(plan.collisions, client.address.label);
    refuseLost(plan, client.address.label);
  }
  const yaml = await asked(changedYaml(client, plan, candidate.sourceYaml), client);
  const warned = [
    ...candidate.notes,
    ...packageWarnings(candidate, { info, source }),
    ...updateNotes(plan, candidate, yaml),
    ...(request.applyConfig ? configLimits(yaml) : []),
  ];
  const isSame = plan.action === 'unchanged';
  const troubles = isSame ? await troubleNotes(client, plan.name, plan.uses) : [];
  return { plan, candidate, warned, yaml, troubles };
}

/**
 * The result when there is nothing to do: the host runs the same content and no restart of rules was requested. Null
 * when there is something to do or to wait for.
 */
export function nothingToInstall(
  planned: PlannedInstall,
  { restartRules }: Pick<InstallRequest, 'restartRules'>,
): InstallResult | null {
  const { plan, troubles } = planned;
  const { present, record, uses } = plan;
  const isLeft = plan.action === 'unchanged' && !record?.pending;
  if (!isLeft || !present || !isWell(present.health)) return null;
  if (restartRules && uses.length > 0) return null;
  const applied = { registration: null, answerLost: false, attempts: 0, pruned: [] };
  return {
    ...planned,
    applied: { ...applied, health: present.health, after: NOTHING_AFTER },
    notes: troubles,
  };
}

/**
 * Installs or updates a plugin on one host as planned, and waits until it runs. Throws as {@link carryOut}, and exit 3
 * when another client has registered another package since the plan was made.
 */
export async function applyInstallation(
  client: HostClient,
  planned: PlannedInstall,
  { limit, applyConfig, restartRules, allowSilence, watchFor = null, accept }: InstallRequest,
  effects: Omit<ChangeEffects, 'limit'>,
): Promise<InstallResult> {
  const { plan, candidate, yaml } = planned;
  const isChange = plan.action !== 'unchanged';
  const watch = isChange ? await asked(beforeChange(client, plan.uses), client) : null;
  const hasScript = candidate.script !== null;
  const change = {
    act: 'install',
    plan,
    upload: candidate.upload,
    digest: candidate.digest,
    symbols: candidate.identity.symbols,
    hasScript,
    watch,
    config: applyConfig ? yaml : [],
    restartRules,
    allowSilence,
    ...(accept === undefined ? {} : { accept }),
    watchFor,
  } as const;
  const applied = await carryOut(client, change, {
    ...effects,
    limit: limit ?? (hasScript ? SCRIPT_LIMIT : LIMIT),
  });
  return { ...planned, applied, notes: [...doneNotes(plan), ...applied.after.notes] };
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
    reason: 'eKuiper would ignore it and report nothing',
    hint: 'leave it out, or add install.sh to the root of the package',
  });
}
