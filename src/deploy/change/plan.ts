import type { HostInfo, InstalledPlugin } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { builtinReach } from '../../model/names.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { changesOfSymbols, type SymbolChanges } from '../../package/diff/identity-changes.ts';
import { type HostRecord, isUnended } from '../record/host-record.ts';
import { keepsRecords } from '../record/record-store.ts';
import { fileUrl, uploadNameOf } from '../record/upload-name.ts';
import { NOT_COUNTED, type RuleUse, ruleUses } from '../rules/rule-uses.ts';
import { type HostState, type Present, recheck, usesOf } from './present.ts';
import { isUploaded, type Rollback, rollbackOf } from './rollback-target.ts';

const NO_CHANGE: Rollback = { state: 'not-needed', steps: [], reason: null };

/**
 * What an installation will do. `unchanged`: the same content runs already, nothing is sent. `restart`: the same
 * content is installed and dead; registering it again starts it (docs/ekuiper.md#dead-plugins).
 */
export type InstallAction = 'install' | 'update' | 'restart' | 'unchanged';

export interface InstallPlan {
  readonly info: HostInfo;
  readonly name: string;
  readonly action: InstallAction;
  readonly present: Present | null;
  /** The version to be installed; empty when it is not known. */
  readonly version: string;
  readonly collisions: readonly Collision[];
  /** Symbols that eKuiper itself has under the same name; eKuiper uses its own (all versions). */
  readonly builtins: readonly PluginSymbol[];
  /** Null for a package that is only on the host, where its declared symbols cannot be read. */
  readonly changes: ReturnType<typeof symbolChanges> | null;
  /** The rules that use the installed plugin. */
  readonly uses: readonly RuleUse[];
  /** False when the rules could not be read: then it is not known which rules use the plugin. */
  readonly rulesKnown: boolean;
  readonly rollback: Rollback;
  /** The upload name of the package, made from its content. */
  readonly uploadName: string;
  /** URL of a complete copy on the host; null when it has to be uploaded. */
  readonly uploaded: string | null;
  readonly shellParas: readonly string[];
  readonly record: HostRecord | null;
  /** Why the record cannot be read; null when it was read or does not exist. */
  readonly recordProblem: string | null;
}

interface PlanRequest {
  readonly plugin: {
    readonly name: string;
    readonly version: string;
    /** Null when they are not known. */
    readonly symbols: readonly PluginSymbol[] | null;
  };
  readonly uploadName: string;
  readonly shellParas: readonly string[];
  /** Register again even when the host runs the same content. */
  readonly reinstall: boolean;
}

/**
 * Reads a host and returns what an installation will do; changes nothing. With a clock, rows are observed for two
 * seconds when the host's status of the process may be wrong. Throws HostFailure.
 */
export async function planInstall(
  client: HostClient,
  wanted: PlanRequest,
  clock?: Clock,
): Promise<InstallPlan> {
  const { uploadName, shellParas, plugin } = wanted;
  const { name, version, symbols } = plugin;
  const hostState = await recheck(client, name, clock);
  const { info, present, record, recordProblem } = hostState;
  const action = actionFor(hostState, wanted);
  const isChange = action !== 'unchanged';
  const uploads = isChange && mayHaveUploads(hostState) ? await client.uploads() : [];
  const facts = { name, present, wanted, record, uploads, keepsRecords: keepsRecords(info) };
  return {
    info,
    name,
    action,
    present,
    version,
    collisions: collisionsOf({ name, symbols: symbols ?? [] }, hostState.installed),
    builtins: (symbols ?? []).filter((symbol) => builtinReach(symbol, info.target) !== null),
    changes: symbols === null ? null : symbolChanges(present?.plugin ?? null, { name, symbols }),
    uses: present === null ? usesOfMissing(hostState, symbols ?? []) : usesOf(hostState),
    rulesKnown: isExportKnown(hostState.exported),
    rollback: isChange ? rollbackOf(facts) : NO_CHANGE,
    uploadName,
    uploaded: completeUpload(uploadName, hostState, uploads),
    shellParas,
    record,
    recordProblem,
  };
}

/** False when no useful upload can exist: the plugin is not installed, and a host that keeps records has none of it. */
function mayHaveUploads({ info, present, record }: HostState): boolean {
  return (
    has(info.version, 'takes-uploads') &&
    (present !== null || record !== null || !keepsRecords(info))
  );
}

/** Rules keep running when their plugin is gone, for example after an interrupted update. */
function usesOfMissing(
  { exported }: HostState,
  symbols: readonly PluginSymbol[],
): readonly RuleUse[] {
  const of = (kind: PluginSymbol['kind']): string[] =>
    symbols.filter((symbol) => symbol.kind === kind).map(({ name }) => name);
  const named = { sources: of('source'), sinks: of('sink'), functions: of('function') };
  return ruleUses(exported, named, NOT_COUNTED);
}

/**
 * The URL of a complete copy of the package on the host: it is registered, or the record says that it ran or that its
 * upload was complete. The file name alone proves nothing, because an interrupted upload has it as well.
 */
function completeUpload(
  uploadName: string,
  { exported, record }: HostState,
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

function actionFor({ present, record }: HostState, wanted: PlanRequest): InstallAction {
  if (present === null) return 'install';
  const { registration, health } = present;
  // An earlier run registered it and was interrupted before rows were observed, which on 1.x are the only evidence.
  const isUnproven = health.state === 'unknown' && isUnended(registration, record);
  if (wanted.reinstall || registration === null) return 'update';
  const same =
    uploadNameOf(registration.file) === wanted.uploadName &&
    JSON.stringify(registration.shellParas) === JSON.stringify(wanted.shellParas);
  if (!same || isUnproven) return 'update';
  return health.state === 'dead' || health.state === 'stopped' ? 'restart' : 'unchanged';
}

/** A symbol that another plugin of the host declares as well. */
export interface Collision {
  readonly symbol: PluginSymbol;
  readonly owner: string;
}

/** A plugin with the symbols that its manifest declares. */
interface DeclaredPlugin {
  readonly name: string;
  readonly symbols: readonly PluginSymbol[];
}

/**
 * Returns the symbols of a plugin that other plugins of the host declare as well. eKuiper does not check this: the
 * last one wins, functions share one socket, and removing one plugin removes the symbol's metadata of both
 * (docs/ekuiper.md#symbols-of-two-plugins).
 */
export function collisionsOf(
  plugin: DeclaredPlugin,
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

/**
 * Returns which symbols are added, removed and kept when `after` replaces the installed plugin (null: not installed).
 * The files of symbols are not compared: a host does not show them.
 */
export function symbolChanges(
  before: InstalledPlugin | null,
  after: DeclaredPlugin,
): SymbolChanges {
  return changesOfSymbols(before === null ? [] : symbolsOf(before), after.symbols);
}

/** The symbols of an installed plugin as one list, by kind. */
export function symbolsOf(plugin: InstalledPlugin): PluginSymbol[] {
  return SYMBOL_KINDS.flatMap((kind) => plugin[FOLDER_OF[kind]].map((name) => ({ kind, name })));
}
