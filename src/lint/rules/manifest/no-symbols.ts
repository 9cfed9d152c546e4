import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

const LISTS = ['sources', 'sinks', 'functions'] as const;

export const noSymbols: Rule = {
  id: 'no-symbols',
  severity: 'error',
  explanation: {
    means: 'The manifest lists no source, sink or function.',
    why: 'Every eKuiper refuses a plugin that brings nothing. Lists may be missing or null, but not all of them empty.',
    issues: [],
    bad: '{ "sources": [], "sinks": [], "functions": [] }',
    good: '{ "functions": ["celsius"] }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (manifest === null) return [];
    const { info } = manifest;
    if (LISTS.some((list) => (info[list]?.length ?? 0) > 0 || isWrongType(manifest, list)))
      return [];
    const written = LISTS.find((list) => manifest.member(list) !== null) ?? 'sources';
    return [
      {
        file: manifest.path,
        at: manifest.at(written),
        message: 'The manifest lists no source, sink or function',
        effect: refused('invalid plugin, must define at lease one source, sink or function'),
        hint: 'Run kplugin add source|sink|function <symbol>, or list the symbols that the program has',
      },
    ];
  },
};

/** Another rule reports a list of a wrong type; whether it is empty is then unknown. */
function isWrongType(
  manifest: NonNullable<ReturnType<typeof readManifest>>,
  list: (typeof LISTS)[number],
): boolean {
  return !['array', 'null', undefined].includes(manifest.member(list)?.value.type);
}
