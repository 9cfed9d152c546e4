import type { Subject } from '../../lint/subject/subject.ts';
import type { PluginView } from '../../model/view.ts';
import { identityOf } from '../identity.ts';

/** Identity of a plugin without its symbols. Null: not stated, or unknown. */
export interface PluginFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly language: string | null;
  readonly executable: string | null;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  /** The architecture of the executable, in Go's names. */
  readonly arch: string | null;
}

export const FACTS = [
  'name',
  'version',
  'language',
  'executable',
  'virtualEnvType',
  'env',
  'arch',
] as const satisfies readonly (keyof PluginFacts)[];

export interface FactChange {
  readonly fact: keyof PluginFacts;
  readonly before: string | null;
  readonly after: string | null;
}

/** Reads the facts from the manifest and the executable. */
export async function pluginFacts(subject: Subject, view: PluginView): Promise<PluginFacts> {
  const { name, version, language, executable, arch } = await identityOf({ ...subject, view });
  return {
    name,
    version: orNull(version),
    language: orNull(language),
    executable: orNull(executable),
    virtualEnvType: orNull(subject.decoded?.virtualEnvType ?? ''),
    env: orNull(subject.decoded?.env ?? ''),
    arch,
  };
}

/** The facts that differ, in a fixed order; `unknown` ones are omitted. */
export function factChanges(
  before: PluginFacts,
  after: PluginFacts,
  unknown: readonly (keyof PluginFacts)[] = [],
): FactChange[] {
  return FACTS.filter((fact) => !unknown.includes(fact) && before[fact] !== after[fact]).map(
    (fact) => ({ fact, before: before[fact], after: after[fact] }),
  );
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
