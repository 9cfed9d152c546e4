import type { HostInfo, InstalledPlugin } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { builtinReach } from '../../model/builtin-symbols.ts';
import { FOLDER_OF, type PluginSymbol } from '../../model/symbol.ts';
import { keepsRecords } from '../record/keep.ts';
import { type HostRecord, isUnended } from '../record/record.ts';
import { fileUrl, uploadNameOf } from '../record/upload-name.ts';
import { NOT_COUNTED, ruleUses } from '../rules/rule-uses.ts';
import type { RuleUse } from '../rules/use.ts';
import type { HostSight, Present } from './present.ts';
import { recheck, usesOf } from './present.ts';
import { isUploaded, type Rollback, rollbackOf } from './rollback-target.ts';
import { symbolChanges } from './symbol-changes.ts';

/**
 * What an installation will do. `unchanged`: the same content is there and runs, nothing is sent.
 * `restart`: the same content is there and dead; registering it again starts it (docs/ekuiper.md#dead-plugins).
 */
export type InstallAction = 'install' | 'update' | 'restart' | 'unchanged';

export interface InstallPlan {
  readonly info: HostInfo;
  readonly name: string;
  readonly action: InstallAction;
  readonly present: Present | null;
  /** Of what is going to be there; empty when it is not known. */
  readonly version: string;
  readonly collisions: readonly Collision[];
  /** Symbols that eKuiper has itself under that name: its own win (all versions). */
  readonly builtins: readonly PluginSymbol[];
  /** Null when the package is only on the host, which does not tell what it declares. */
  readonly changes: ReturnType<typeof symbolChanges> | null;
  /** The rules that use what is there now. */
  readonly uses: readonly RuleUse[];
  /** False where the rules could not be read: then nobody knows who uses it. */
  readonly rulesKnown: boolean;
  readonly rollback: Rollback;
  /** What is going to be on the host, by its content. */
  readonly uploadName: string;
  /** Where it lies on the host already, as a URL, known to be complete; null when it has to be uploaded. */
  readonly uploaded: string | null;
  readonly shellParas: readonly string[];
  readonly record: HostRecord | null;
  /** Why the record cannot be read, where there is something in its place. */
  readonly recordProblem: string | null;
}

export interface PlanRequest {
  readonly plugin: {
    readonly name: string;
    readonly version: string;
    /** Null when it is not known. */
    readonly symbols: readonly PluginSymbol[] | null;
  };
  readonly uploadName: string;
  readonly shellParas: readonly string[];
  /** Register again even when the host runs just this content. */
  readonly reinstall: boolean;
}

const NO_CHANGE: Rollback = { state: 'not-needed', steps: [], reason: null };

/**
 * Reads what a host has and says what an installation will do; changes nothing. With a clock rows are looked at for two
 * seconds where the host may be wrong about the plugin's process. Throws HostFailure.
 */
export async function planInstall(
  client: HostClient,
  wanted: PlanRequest,
  clock?: Clock,
): Promise<InstallPlan> {
  const { uploadName, shellParas, plugin } = wanted;
  const { name, version, symbols } = plugin;
  const sight = await recheck(client, name, clock);
  const { info, present, record, recordProblem } = sight;
  const action = actionFor(sight, wanted);
  const isChange = action !== 'unchanged';
  const uploads = isChange && mayHaveUploads(sight) ? await client.uploads() : [];
  const facts = { name, present, wanted, record, uploads, keepsRecords: keepsRecords(info) };
  return {
    info,
    name,
    action,
    present,
    version,
    collisions: collisionsOf({ name, symbols: symbols ?? [] }, sight.installed),
    builtins: (symbols ?? []).filter((symbol) => builtinReach(symbol, info.target) !== null),
    changes: symbols === null ? null : symbolChanges(present?.plugin ?? null, { name, symbols }),
    uses: present === null ? usesOfMissing(sight, symbols ?? []) : usesOf(sight),
    rulesKnown: isExportKnown(sight.exported),
    rollback: isChange ? rollbackOf(facts) : NO_CHANGE,
    uploadName,
    uploaded: completeUpload(uploadName, sight, uploads),
    shellParas,
    record,
    recordProblem,
  };
}

/** Of a plugin that was never there kplugin uploaded nothing that could be of use; where records are kept, that is known. */
function mayHaveUploads({ info, present, record }: HostSight): boolean {
  return (
    has(info.version, 'takes-uploads') &&
    (present !== null || record !== null || !keepsRecords(info))
  );
}

/** Rules go on when their plugin is gone, for example in the middle of an update that was interrupted. */
function usesOfMissing(
  { exported }: HostSight,
  symbols: readonly PluginSymbol[],
): readonly RuleUse[] {
  const of = (kind: PluginSymbol['kind']): string[] =>
    symbols.filter((symbol) => symbol.kind === kind).map(({ name }) => name);
  const named = { sources: of('source'), sinks: of('sink'), functions: of('function') };
  return ruleUses(exported, named, NOT_COUNTED);
}

/**
 * Where the package lies on the host, known to be whole: it is registered, or the record says that it ran or that its
 * upload had ended. Its name alone says nothing: an upload that broke off has it as well.
 */
function completeUpload(
  uploadName: string,
  { exported, record }: HostSight,
  uploads: readonly string[],
): string | null {
  const path = uploads.find((one) => uploadNameOf(one) === uploadName);
  if (path === undefined) return null;
  const known = [
    ...exported.registrations.values(),
    ...(record?.entries ?? [])
      .filter(({ outcome }) => outcome === 'running')
      .map(({ registration }) => registration),
    ...(record?.pending ? [record.pending.wanted] : []),
  ];
  return known.some(({ file }) => isUploaded(file, [path])) ? fileUrl(path) : null;
}

function actionFor({ present, record }: HostSight, wanted: PlanRequest): InstallAction {
  if (present === null) return 'install';
  const { registration, health } = present;
  // An earlier run registered it and was interrupted before it saw rows, which are all there is to see on 1.x.
  const isUnproven = health.state === 'unknown' && isUnended(registration, record);
  if (wanted.reinstall || registration === null) return 'update';
  const same =
    uploadNameOf(registration.file) === wanted.uploadName &&
    JSON.stringify(registration.shellParas) === JSON.stringify(wanted.shellParas);
  if (!same || isUnproven) return 'update';
  return health.state === 'dead' || health.state === 'stopped' ? 'restart' : 'unchanged';
}

/** A symbol that another plugin of the host has already. */
export interface Collision {
  readonly symbol: PluginSymbol;
  readonly owner: string;
}

/**
 * Symbols of a plugin that other plugins of the host claim as well. eKuiper does not look: the last one wins,
 * functions share one socket, and removing one takes the symbol's metadata from both
 * (docs/ekuiper.md#symbols-of-two-plugins).
 */
export function collisionsOf(
  plugin: { readonly name: string; readonly symbols: readonly PluginSymbol[] },
  installed: readonly InstalledPlugin[],
): Collision[] {
  return installed
    .filter((other) => other.name !== plugin.name)
    .flatMap((other) =>
      plugin.symbols
        .filter(({ kind, name }) => other[FOLDER_OF[kind]].includes(name))
        .map((symbol) => ({ symbol, owner: other.name })),
    );
}
