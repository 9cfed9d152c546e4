import type { Report } from '../engine/rule.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { yamlOf } from './read-yaml.ts';
import type { SourceYaml } from './source-yaml.ts';

/** The source that a YAML file configures: `sources/x.yaml` → `x`. */
export function sourceOf(file: TextFile): string {
  return file.path.replace(/^sources\//, '').replace(/\.yaml$/, '');
}

/** Asks a question of every `sources/*.yaml` and gathers the answers. */
export function eachYaml(
  subject: Subject,
  ask: (yaml: SourceYaml, file: TextFile) => readonly Report[],
): Report[] {
  return subject.yamlFiles.flatMap((file) => ask(yamlOf(file), file));
}

/** Whether eKuiper gets groups out of it; only then the groups are worth a look. */
export function isReadable(yaml: SourceYaml): boolean {
  return yaml.fault === null && yaml.groups.length > 0;
}

/** The effect of every fault that loses the file as a whole. Source: docs/files.md#source-yaml. */
export const NO_CONFIGURATION =
  'eKuiper silently ignores the whole file: the source runs without any configuration';
