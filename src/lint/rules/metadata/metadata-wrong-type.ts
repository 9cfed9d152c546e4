import type { Rule } from '../../engine/rule.ts';
import {
  effectOfWrongType,
  fromViolations,
  isListDefault,
  isPropertiesShape,
  lastStep,
  typeWords,
  type Violation,
} from '../../schema/symbol-metadata.ts';
import type { SymbolFile } from '../../subject/subject.ts';

export const metadataWrongType: Rule = {
  id: 'metadata-wrong-type',
  severity: 'error',
  explanation: {
    means: 'A value of a symbol file has another type than eKuiper decodes.',
    why: 'A sink file with a wrong type is refused as a whole. Of a source file eKuiper keeps what did decode, drops the rest, and says nothing.',
    issues: [],
    bad: '{ "name": "interval", "optional": "true", "label": "Interval" }',
    good: '{ "name": "interval", "optional": true, "label": { "en_US": "Interval", "zh_CN": "间隔" } }',
  },
  check: (subject) =>
    fromViolations(subject, (violation, file) => {
      if (violation.keyword !== 'type' || isPropertiesShape(violation, file)) return null;
      if (isListDefault(violation)) return null;
      const { part, params } = violation;
      const wanted = typeWords(params['type']);
      const step = lastStep(violation);
      const what = /^\d+$/.test(step) ? 'This item' : `"${step}"`;
      const passedOn = isPassedOn(violation, file);
      return {
        ...(passedOn ? { severity: 'warning' as const } : {}),
        message: `${what} must be ${wanted}, not ${typeWords(part.node.type)}`,
        effect: passedOn
          ? 'eKuiper passes it on as it is; the manager cannot show it'
          : effectOfWrongType(file),
        hint: hintFor(violation, wanted),
      };
    }),
};

/** Values that eKuiper decodes as `any`: their type cannot be wrong for eKuiper, only for the manager. */
function isPassedOn({ path }: Violation, file: SymbolFile): boolean {
  if (file.symbol.kind === 'function') return !(path[0] === 'functions' && path.length <= 2);
  return path[0] === 'node' || path[0] === 'dataSource' || path.at(-1) === 'values';
}

const LANGUAGE_KEYS = new Set(['hint', 'label', 'description', 'helpUrl']);

function hintFor(violation: Violation, wanted: string): string {
  const { node } = violation.part;
  if (node.type === 'string' && LANGUAGE_KEYS.has(lastStep(violation))) {
    const text = JSON.stringify(node.value);
    return `Write { "en_US": ${text}, "zh_CN": ${text} }`;
  }
  if (node.type === 'string' && /^(true|false)$/.test(node.value) && wanted === 'true or false') {
    return `Write ${node.value} without quotes`;
  }
  return `Make it ${wanted}`;
}
