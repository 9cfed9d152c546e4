import type { Report } from '../rule.ts';
import type { Subject, TextFile } from '../subject.ts';
import { yamlOf } from './read-yaml.ts';
import type { SourceYaml } from './source-yaml.ts';

/** The source that a YAML file configures: `sources/x.yaml` → `x`. */
export function sourceOf(file: TextFile): string {
  return file.path.replace(/^sources\//, '').replace(/\.yaml$/, '');
}

/** Asks a question of every `sources/*.yaml` and gathers the answers. */
export async function eachYaml(
  subject: Subject,
  ask: (yaml: SourceYaml, file: TextFile) => readonly Report[],
): Promise<Report[]> {
  const answers = subject.yamlFiles.map(async (file) => ask(await yamlOf(file), file));
  return (await Promise.all(answers)).flat();
}

/** Whether eKuiper gets a mapping of groups out of it; only then the groups are worth a look. */
export function isReadable(yaml: SourceYaml): boolean {
  return yaml.faults.length === 0 && yaml.root === 'mapping';
}

/** The effect of every fault that loses the file as a whole. Source: config-files.md §0 and §6. */
export const NO_CONFIGURATION =
  'eKuiper silently ignores the whole file: the source runs without any configuration';
