import type { Report, Rule } from '../../engine/rule.ts';
import type { GoValue } from '../../schema/go-value.ts';
import { goValueOf } from '../../schema/symbol-metadata.ts';
import type { SymbolFile } from '../../subject/subject.ts';

export const metadataNodeLabel: Rule = {
  id: 'metadata-node-label',
  severity: 'warning',
  explanation: {
    means: 'A "node" has no category, or no label in a language that flow editors know.',
    why: 'eKuiper passes "node" on untouched, so both spellings of the languages are found in real files: en_US with zh_CN, and en with zh. One of them is needed.',
    issues: [],
    bad: '"node": { "category": "sink", "icon": "iconPath", "label": "Print" }',
    good: '"node": { "category": "sink", "icon": "iconPath", "label": { "en_US": "Print", "zh_CN": "打印" } }',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) => nodesOf(file).flatMap((node) => inNode(file, node))),
};

function nodesOf(file: SymbolFile): GoValue[] {
  const root = goValueOf(file);
  const owners =
    file.symbol.kind === 'function'
      ? [...(root?.under.get('functions')?.under.values() ?? [])]
      : root
        ? [root]
        : [];
  return owners
    .map((owner) => owner.under.get('node'))
    .filter((node) => node !== undefined)
    .filter((node) => node.node.type === 'object');
}

function inNode(file: SymbolFile, node: GoValue): Report[] {
  const label = node.under.get('label');
  const named = label?.under.has('en_US') || label?.under.has('en');
  const missing = [
    ...(node.under.has('category') ? [] : ['category']),
    ...(named || (label && label.node.type !== 'object') ? [] : ['label']),
  ];
  return missing.map((key) => ({
    file: file.path,
    at: (label ?? node).member?.keySpan ?? { start: node.node.start, end: node.node.start + 1 },
    message: key === 'label' ? '"node" has no label in English' : '"node" has no category',
    effect: 'A flow editor shows a node without a name or outside every group',
    hint:
      key === 'label'
        ? 'Add "label": { "en_US": "…", "zh_CN": "…" }'
        : `Add "category": "${file.symbol.kind}"`,
  }));
}
