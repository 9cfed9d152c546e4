import { has } from '../../../model/behaviours.ts';
import { foldKey, type JsonMember } from '../../../model/json/node.ts';
import { FOLDER_OF } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { GoValue } from '../../schema/go-value.ts';
import { goValueOf } from '../../schema/symbol-metadata.ts';
import type { Subject, SymbolFile } from '../../subject/subject.ts';

const MANIFEST_KEYS = [
  'name',
  'version',
  'language',
  'executable',
  'virtualEnvType',
  'env',
  'sources',
  'sinks',
  'functions',
];

/** Keys of a source that eKuiper 2 decodes a second time, as plain maps, where letter case counts. */
const READ_TWICE = new Set(['properties', 'name', 'default']);

const BY_FOLDED: ReadonlyMap<string, string> = new Map(
  MANIFEST_KEYS.map((key) => [foldKey(key), key]),
);

export const jsonKeyCase: Rule = {
  id: 'json-key-case',
  severity: 'warning',
  explanation: {
    means: 'A key is written in another letter case than eKuiper knows it.',
    why: 'Go matches keys of a struct whatever their case, so most of it works. But eKuiper 2 reads "properties", "default" and "name" of a source once more to restore the case of its YAML keys, and there the case counts: the YAML may be lost. Other tools never find such keys.',
    issues: [],
    bad: '{ "Version": "1.0.0" }',
    good: '{ "version": "1.0.0" }',
  },
  check: (subject) => [
    ...inManifest(subject),
    ...subject.symbolFiles.flatMap((file) => inSymbolFile(subject, file)),
  ],
};

function inManifest({ manifest }: Subject): Report[] {
  if (!manifest?.fixed.ok || manifest.fixed.root.type !== 'object') return [];
  return manifest.fixed.root.members.flatMap(({ key, keySpan }) => {
    const known = BY_FOLDED.get(foldKey(key));
    if (!known || known === key) return [];
    return [
      {
        file: manifest.path,
        at: keySpan,
        message: `"${key}" is written "${known}"`,
        effect: 'eKuiper takes it all the same; editors and other tools do not',
        hint: `Rename it to "${known}"`,
      },
    ];
  });
}

function inSymbolFile(subject: Subject, file: SymbolFile): Report[] {
  const root = goValueOf(file);
  return root ? renamedIn(root).map(([key, member]) => renamed(subject, file, key, member)) : [];
}

/** Every member below a value whose key eKuiper matches in another letter case. */
function renamedIn(value: GoValue): [string, JsonMember][] {
  const found: [string, JsonMember][] = [];
  for (const [key, part] of value.under) {
    if (part.member && part.member.key !== key) found.push([key, part.member]);
    for (const one of part.under.size > 0 ? renamedIn(part) : []) found.push(one);
  }
  return found;
}

function renamed(subject: Subject, file: SymbolFile, known: string, member: JsonMember): Report {
  const { kind, name } = file.symbol;
  const lost =
    kind === 'source' && has(subject.target, 'lowers-yaml-keys') && READ_TWICE.has(known);
  return {
    file: file.path,
    at: member.keySpan,
    message: `"${member.key}" is written "${known}"`,
    effect: lost
      ? `eKuiper shows it, but does not find it when it reads ${FOLDER_OF[kind]}/${name}.yaml`
      : 'eKuiper takes it all the same; editors and other tools do not',
    hint: `Rename it to "${known}"`,
  };
}
