import { has } from '../../../model/behaviours.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { violationsOf } from '../../schema/symbol-metadata.ts';
import type { Subject, SymbolFile } from '../../subject/subject.ts';
import { yamlFileAt } from '../../subject/subject-files.ts';
import { yamlOf } from '../../yaml/read-yaml.ts';

export const sourcePropertiesMissing: Rule = {
  id: 'source-properties-missing',
  severity: 'warning',
  explanation: {
    means: 'The metadata of a source has no "properties". An error when its YAML has settings.',
    why: 'eKuiper 2 reads the properties before the YAML. Without them it fails ("json map does not have properties value"), drops that error, and with it the whole YAML: the source runs without any configuration. The official sample pysam lacks them too; only its empty YAML saves it.',
    issues: [],
    bad: '{ "about": { … }, "node": { … } }',
    good: '{ "about": { … }, "properties": { "default": [] }, "node": { … } }',
  },
  check(subject): Report[] {
    const files = subject.symbolFiles.filter(({ symbol }) => symbol.kind === 'source');
    return files.flatMap((file) => inFile(subject, file));
  },
};

function inFile(subject: Subject, file: SymbolFile): Report[] {
  const missing = violationsOf(file).find(
    ({ keyword, key, path }) => keyword === 'required' && key === 'properties' && path.length === 0,
  );
  if (!missing) return [];
  const yaml = `sources/${file.symbol.name}.yaml`;
  const lost = has(subject.target, 'lowers-yaml-keys') && hasSettings(subject, yaml);
  return [
    {
      file: file.path,
      at: missing.at,
      severity: lost ? 'error' : 'warning',
      message: 'There are no "properties"',
      effect: lost
        ? `eKuiper 2 silently ignores the whole of ${yaml}: the source runs without any configuration`
        : `The manager shows no properties${has(subject.target, 'lowers-yaml-keys') ? `; on 2.x any setting in ${yaml} would be ignored` : ''}`,
      hint: 'Add "properties": { "default": [] } and list there what the YAML sets',
    },
  ];
}

function hasSettings(subject: Subject, path: string): boolean {
  const file = yamlFileAt(subject, path);
  return file ? yamlOf(file).groups.some(({ under }) => under.length > 0) : false;
}
