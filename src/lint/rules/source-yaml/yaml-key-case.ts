import { has } from '../../../model/behaviours.ts';
import { foldKey } from '../../../model/json/node.ts';
import { yamlNamesOf } from '../../../model/plugin/yaml-names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { entryAt } from '../../subject/entries.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';
import { symbolFileAt } from '../../subject/subject-files.ts';
import { eachYaml, isReadable, sourceOf, type YamlKey } from '../../yaml/read-yaml.ts';

export const yamlKeyCase: Rule = {
  id: 'yaml-key-case',
  severity: 'warning',
  explanation: {
    means:
      "A key of a source's YAML reaches the plugin in another letter case than it is written in.",
    why: 'eKuiper 2 lower-cases every key of sources/x.yaml, so that environment variables can override them, and gives back the case only to names that sources/x.json lists as properties. Go plugins that decode into structs do not notice; a Python plugin that reads conf["maxBytes"] does. eKuiper 1.14 leaves the keys alone.',
    issues: [],
    bad: 'sources/x.yaml: default: { maxBytes: 1 }   sources/x.json: no property "maxBytes"',
    good: 'sources/x.yaml: default: { maxBytes: 1 }   sources/x.json: "properties": { "default": [{ "name": "maxBytes", … }] }',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      const names = isReadable(yaml) ? namesFor(subject, file) : null;
      if (names === null) return [];
      return yaml.groups.flatMap(({ under }) => changed(under, names, file));
    }),
};

/**
 * The keys whose letter case eKuiper restores; null when no key is lower-cased, when the YAML is ignored as a whole, or
 * when the metadata file was skipped because of the limit.
 */
function namesFor(subject: Subject, file: TextFile): ReadonlyMap<string, string> | null {
  if (!has(subject.target, 'lowers-yaml-keys')) return null;
  const path = `sources/${sourceOf(file)}.json`;
  const json = symbolFileAt(subject, path)?.json;
  if (!json) return entryAt(subject.view, path)?.kind === 'file' ? null : new Map();
  const read = yamlNamesOf(json);
  return read.ok ? new Map(read.names.map((name) => [foldKey(name), name])) : null;
}

function changed(
  keys: readonly YamlKey[],
  names: ReadonlyMap<string, string>,
  file: TextFile,
): Report[] {
  return keys.flatMap(({ key, at, under }) => {
    const arrives = names.get(foldKey(key)) ?? key.toLowerCase();
    const below = changed(under, names, file);
    return arrives === key ? below : [report(key, arrives, at, file), ...below];
  });
}

function report(key: string, arrives: string, at: YamlKey['at'], file: TextFile): Report {
  const json = `sources/${sourceOf(file)}.json`;
  const listed = arrives !== key.toLowerCase();
  return {
    file: file.path,
    at,
    message: `"${key}" reaches the plugin as "${arrives}"`,
    effect: listed
      ? `eKuiper 2 takes the spelling of the property in ${json}`
      : `eKuiper 2 lower-cases every key that ${json} does not list as a property`,
    hint: listed
      ? `Write "${arrives}" here, or "${key}" in ${json}`
      : `List the property "${key}" in ${json}, or read "${arrives}" in the plugin`,
  };
}
