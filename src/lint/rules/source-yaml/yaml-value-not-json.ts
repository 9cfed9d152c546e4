import { type Span, unsupportedByJson } from '../../../model/json/node.ts';
import type { YamlValue } from '../../../model/yaml/decode.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, isReadable, sourceOf, type YamlKey } from '../../yaml/read-yaml.ts';

export const yamlValueNotJson: Rule = {
  id: 'yaml-value-not-json',
  severity: 'error',
  explanation: {
    means:
      'A value in the YAML of a source is .nan or .inf, or a mapping below a group has a key that is no text.',
    why: 'eKuiper reads them, and hands the configuration to the plugin as JSON when a rule starts the source. encoding/json refuses such values, so the source is not started.',
    issues: [],
    bad: 'default:\n  interval: .inf\n  names: {1: first}',
    good: 'default:\n  interval: 1000\n  names: {"1": first}',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml)) return [];
      return yaml.groups.flatMap((group) => {
        const value = yaml.values[group.key];
        // Another report covers a group that is not a map with string keys: eKuiper ignores all of it.
        if (!isObject(value)) return [];
        return refusedIn(group, value).map(({ at, refused }) => ({
          file: file.path,
          at,
          message: `JSON has no such value: ${refused.what}`,
          effect: `${whoFails(sourceOf(file), group.key)}: eKuiper cannot hand it to the plugin ("json: ${refused.words}")`,
          hint: refused.hint,
        }));
      });
    }),
};

function whoFails(source: string, group: string): string {
  return group === 'default'
    ? `The source ${source} is not started`
    : `The source ${source} is not started for a stream with CONF_KEY="${group}"`;
}

interface Refused {
  readonly what: string;
  /** Go's message, after `json: `. */
  readonly words: string;
  readonly hint: string;
}

function refusedWith(value: YamlValue, words: string): Refused {
  if (typeof value !== 'number') {
    return { what: 'a mapping with a key that is no text', words, hint: 'Quote its keys: "1":' };
  }
  const what = Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  return { what, words, hint: 'Write a number, or leave the key out' };
}

interface Found {
  readonly at: Span;
  readonly refused: Refused;
}

/** Each at its own key; a value from a merge or in a list at the key above it. */
function refusedIn(key: YamlKey, value: YamlValue): Found[] {
  if (!isObject(value)) {
    const refused = firstRefused(value);
    return refused === null ? [] : [{ at: key.at, refused }];
  }
  const written = new Map(key.under.map((one) => [one.key, one]));
  return Object.entries(value).flatMap(([name, member]) => {
    const own = written.get(name);
    if (own !== undefined) return refusedIn(own, member);
    const refused = firstRefused(member);
    return refused === null ? [] : [{ at: key.at, refused }];
  });
}

function firstRefused(value: YamlValue): Refused | null {
  const words = unsupportedByJson(value);
  if (words !== null) return refusedWith(value, words);
  if (typeof value !== 'object' || value === null) return null;
  for (const member of Object.values(value)) {
    const refused = firstRefused(member);
    if (refused !== null) return refused;
  }
  return null;
}

function isObject(value: YamlValue | undefined): value is { readonly [key: string]: YamlValue } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
  );
}
