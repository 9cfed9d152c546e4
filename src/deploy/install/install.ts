import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { sourceArgument, sourceLabel } from '../../model/package-source.ts';
import { withoutManifest } from '../../package/identity.ts';
import { beforeChange, troubleNotes } from '../change/after.ts';
import { carryOut } from '../change/carry-out.ts';
import type { Applied, ChangeEffects, InstallWatcher } from '../change/change.ts';
import { NOTHING_AFTER } from '../change/change.ts';
import { asked } from '../change/failed.ts';
import { type InstallPlan, planInstall } from '../change/plan.ts';
import { isWell } from '../change/register.ts';
import { configLimits } from '../source-config/apply.ts';
import type { Candidate } from './candidate.ts';
import { packageWarnings, refuseAmbiguous, refuseCollisions, refuseFaulty } from './gate.ts';
import { doneNotes, updateNotes } from './notes.ts';
import { type ObtainOptions, obtainCandidate } from './obtain.ts';
import { changedYaml, type YamlChange } from './source-yaml.ts';

export interface InstallRequest
  extends Omit<ObtainOptions, 'target' | 'arch' | 'watcher' | 'signal'> {
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
  /**
   * Push changed groups of sources/*.yaml, which eKuiper 2.x does not read again
   * (docs/ekuiper.md#source-yaml-after-an-update).
   */
  readonly applyConfig: boolean;
  /** Restart the rules that use it, once it runs. */
  readonly restartRules: boolean;
  /** Keep it also where rules that had rows right before get none afterwards. */
  readonly allowSilence: boolean;
}

/** What planning may do beside asking the host. */
interface PlanEffects {
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where the package comes from; left out: {@link obtainCandidate}. Many hosts share what was made for one. */
  readonly obtain?: typeof obtainCandidate;
}

/** What an installation is going to do on a host. */
export interface PlannedInstall {
  readonly plan: InstallPlan;
  readonly candidate: Candidate;
  /** What it does beside what was asked for; to be said before it is done. */
  readonly warned: readonly string[];
  /** What differs between the settings of its sources and those that the host has in use. */
  readonly yaml: readonly YamlChange[];
  /** What is wrong with its rules, where the plugin stays as it is. */
  readonly troubles: readonly string[];
}

export interface InstallResult extends PlannedInstall {
  readonly applied: Applied;
  /** What is to be known afterwards. */
  readonly notes: readonly string[];
}

const LIMIT = 90_000;
/** eKuiper's HTTP server abandons a request after five minutes. */
const SCRIPT_LIMIT = 300_000;

/**
 * Reads a host, makes the package for it, and says what installing it will do; changes nothing. Throws KpluginError:
 * exit 1 for a faulty package, 2 for usage, 3 for the host.
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
  if (!force) refuseCollisions(plan.collisions, client.address.label);
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
 * What an installation comes to where there is nothing to do: the host runs just this content, and nobody asked for its
 * rules to be restarted. Null where there is something to do, or to wait for.
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
 * Installs or updates a plugin on one host as it was planned, and waits until it runs. Throws as {@link carryOut}, and
 * exit 3 where somebody else has registered another package since the plan was made.
 */
export async function applyInstallation(
  client: HostClient,
  planned: PlannedInstall,
  { limit, applyConfig, restartRules, allowSilence }: InstallRequest,
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
    reason: 'eKuiper would ignore it without a word',
    hint: 'leave it out, or add install.sh to the root of the package',
  });
}
