import { closest } from '../../../model/closest.ts';
import { foldKey } from '../../../model/json/node.ts';
import { yamlNamesOf } from '../../../model/plugin/yaml-names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';
import { symbolFileAt } from '../../subject/subject-files.ts';
import { eachYaml, isReadable, sourceOf, type YamlKey } from '../../yaml/read-yaml.ts';

/** Shorter keys differ from others in one letter without being misspelt: `ip`, `id`. */
const SHORTEST = 4;

export const yamlKeyUnlisted: Rule = {
  id: 'yaml-key-unlisted',
  severity: 'warning',
  explanation: {
    means:
      "A key of a source's YAML is no property in the JSON of the source, and looks like one of them.",
    why: 'eKuiper passes every key on. With a misspelt key the plugin does not get the setting, and takes its own default.',
    issues: [],
    bad: 'sources/x.yaml: default: { intervall: 5 }   sources/x.json: a property "interval"',
    good: 'sources/x.yaml: default: { interval: 5 }',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      const names = isReadable(yaml) ? namesFor(subject, file) : [];
      if (names.length === 0) return [];
      return yaml.groups.flatMap(({ under }) => misspelt(under, names, file));
    }),
};

function namesFor(subject: Subject, file: TextFile): readonly string[] {
  const json = symbolFileAt(subject, `sources/${sourceOf(file)}.json`)?.json;
  const read = json ? yamlNamesOf(json) : null;
  return read?.ok ? read.names : [];
}

function misspelt(keys: readonly YamlKey[], names: readonly string[], file: TextFile): Report[] {
  const written = new Set(keys.map(({ key }) => foldKey(key)));
  const known = new Set(names.map(foldKey));
  const free = names.filter((name) => !written.has(foldKey(name)));
  return keys.flatMap(({ key, at }) => {
    const isShort = key.length < SHORTEST;
    const meant = isShort || known.has(foldKey(key)) ? null : closest(key, free);
    if (meant === null) return [];
    return [
      {
        file: file.path,
        at,
        message: `"${key}" is no property in sources/${sourceOf(file)}.json; "${meant}" is`,
        effect: `The plugin gets "${key}", and no "${meant}" from here`,
        hint: `Write "${meant}", or list "${key}" in sources/${sourceOf(file)}.json`,
      },
    ];
  });
}
