import type { SymbolKind } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { goValueOf } from '../../schema/symbol-metadata.ts';
import type { SymbolFile } from '../../subject/subject.ts';

// Not "libs": nearly every real file has it, and it asks for nothing.
const LEGACY: Readonly<Record<SymbolKind, readonly string[]>> = {
  source: ['outputs'],
  sink: [],
  function: ['name', 'nodeType'],
};

export const metadataLegacyKey: Rule = {
  id: 'metadata-legacy-key',
  severity: 'info',
  explanation: {
    means:
      'A key that older files carry along: outputs, nodeType, installed, or a name at the top.',
    why: 'Left over from native plugins and old flow editors. eKuiper drops or overwrites it.',
    issues: [],
    bad: '{ "about": { "installed": true }, "outputs": [] }',
    good: '{ "about": { … } }',
  },
  check: (subject) => subject.symbolFiles.flatMap(inFile),
};

function inFile(file: SymbolFile): Report[] {
  const root = goValueOf(file);
  const about = root?.under.get('about');
  const parts = [
    ...LEGACY[file.symbol.kind].map((key) => root?.under.get(key)),
    about?.under.get('installed'),
  ];
  return parts.flatMap((part) => {
    if (!part?.member) return [];
    const { key, keySpan } = part.member;
    return [
      {
        file: file.path,
        at: keySpan,
        message: `"${key}" does nothing`,
        effect: key === 'installed' ? 'eKuiper overwrites it' : 'eKuiper does not use it',
        hint: 'Remove it',
      },
    ];
  });
}
