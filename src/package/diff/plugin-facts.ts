import type { Subject } from '../../lint/subject/subject.ts';
import type { PluginView } from '../../model/view.ts';
import { identityOf } from '../identity.ts';

/** Who a plugin is, beside its symbols. Null: it does not say, or nobody tells. */
export interface PluginFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly language: string | null;
  readonly executable: string | null;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  /** What the executable is built for, in Go's words. */
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

/** The facts of a plugin that was read, as far as its manifest and executable tell. */
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

/** The facts that are not the same, always in the same order; `unknown` are left out. */
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
