import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { has } from '../../model/behaviours.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { InstallPlan } from '../change/plan.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import { RULES_UNKNOWN } from '../rules/rule-sentences.ts';
import { compareGroups, type SourceChange } from '../source-settings.ts';
import type { Candidate } from './obtain.ts';

/** The id of the lint rule that checks whether the program has the workaround. */
const LOST = 'functions-lost-on-update';

type Known = Pick<Candidate, 'identity' | 'findings'>;

/** A source whose new YAML differs from what the host uses; `unknown` when the host does not show it. */
export interface YamlChange extends SourceChange {
  readonly state: 'differs' | 'unknown';
}

/**
 * The warnings to show before an update. For unchanged content only: whether an earlier run was interrupted. Source:
 * docs/ekuiper.md#functions-after-an-update, #source-yaml-after-an-update, #killed-by-an-update.
 */
export function updateNotes(
  plan: InstallPlan,
  candidate: Known,
  yaml: readonly YamlChange[],
): string[] {
  const interrupted = interruptedNotes(plan);
  if (plan.action !== 'update' || !isOther(plan)) return interrupted;
  const { uses } = plan;
  const rules = uses.map(({ rule }) => rule);
  const notes = [
    rules.length > 0 ? `rules use it: ${rules.join(', ')}` : null,
    plan.rulesKnown ? null : `its rules ${RULES_UNKNOWN}`,
    lostFunctions(plan, candidate),
    ...yaml.map(yamlNote),
  ];
  return [...interrupted, ...notes.filter((note) => note !== null)];
}

/** The warning about an unfinished earlier run: the host cannot show whether that run is still active. */
export function interruptedNotes({ record, name }: Pick<InstallPlan, 'record' | 'name'>): string[] {
  const { wanted } = record?.pending ?? {};
  if (wanted === undefined) return [];
  const upload = uploadNameOf(wanted.file);
  const version = plainLine(parseUploadName(upload, name)?.version ?? upload);
  return [
    `an earlier run was interrupted while it was putting ${version} there, or is at it still; this one restores what it left`,
  ];
}

function lostFunctions({ info }: InstallPlan, { identity, findings }: Known): string | null {
  if (!findings.some(({ rule }) => rule === LOST)) return null;
  const functions = identity.symbols.filter(({ kind }) => kind === 'function');
  if (functions.length < 2 && has(info.target, 'starts-last-function-again')) return null;
  return (
    `rules that have used its functions (${functions.map(({ name }) => name).join(', ')}) may lose them until ` +
    `eKuiper restarts: kplugin explain ${LOST}`
  );
}

function yamlNote({ source, state }: YamlChange): string {
  const file = `sources/${source}.yaml`;
  const what =
    state === 'differs' ? `${file} differs from what the host uses` : `if ${file} changed`;
  return `${what}: eKuiper 2.x keeps its values until it restarts; --apply-config puts the new ones into use`;
}

/** Whether the content changes: `--reinstall` of the same content changes nothing. */
function isOther({ present, uploadName }: InstallPlan): boolean {
  const registration = present?.registration;
  return !registration || uploadNameOf(registration.file) !== uploadName;
}

/** The notes to show after the installation. */
export function doneNotes({ info, action }: InstallPlan): string[] {
  if (has(info.version, 'reports-status') || action === 'unchanged') return [];
  return [
    `eKuiper ${info.version} has only unpacked it: the first rule that uses it starts it, and only then an error shows`,
  ];
}

/**
 * Returns the source files of an update that eKuiper 2.x ignores: it keeps the configuration until it restarts
 * (docs/ekuiper.md#source-yaml-after-an-update). `yaml`: file content by source name. Sends requests only for an
 * update on 2.x.
 */
export async function changedYaml(
  client: HostClient,
  plan: InstallPlan,
  yaml: ReadonlyMap<string, Uint8Array>,
): Promise<YamlChange[]> {
  if (plan.action !== 'update' || !has(plan.info.version, 'reports-status')) return [];
  const changes = await Promise.all(
    [...yaml].map(async ([source, bytes]): Promise<YamlChange[]> => {
      const [used, config] = [await client.sourceConfig(source), readSourceYaml(bytes)];
      if (config.fault) return [{ source, state: 'unknown', groups: [], goneGroups: [] }];
      const { state, changes, goneGroups } = compareGroups(used ?? new Map(), config.groups ?? {});
      if (used === null) return [{ source, state: 'unknown', groups: changes, goneGroups }];
      return state === 'same' ? [] : [{ source, state, groups: changes, goneGroups }];
    }),
  );
  return changes.flat();
}
