import type { Report } from '../engine/rule.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { yamlOf } from './read-yaml.ts';
import type { SourceYaml } from './source-yaml.ts';

/** The source that a YAML file configures: `sources/x.yaml` → `x`. */
export function sourceOf(file: TextFile): string {
  return file.path.replace(/^sources\//, '').replace(/\.yaml$/, '');
}

/** Calls a function for every `sources/*.yaml` and collects the results. */
export function eachYaml(
  subject: Subject,
  ask: (yaml: SourceYaml, file: TextFile) => readonly Report[],
): Report[] {
  return subject.yamlFiles.flatMap((file) => ask(yamlOf(file), file));
}

/** Whether eKuiper gets groups from the file; otherwise the groups need no check. */
export function isReadable(yaml: SourceYaml): boolean {
  return yaml.fault === null && yaml.groups.length > 0;
}

/** Effect text for every error that makes eKuiper ignore the whole file. Source: docs/files.md#source-yaml. */
export const NO_CONFIGURATION =
  'eKuiper silently ignores the whole file: the source runs without any configuration';
