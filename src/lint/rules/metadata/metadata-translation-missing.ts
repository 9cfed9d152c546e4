import type { Rule } from '../../engine/rule.ts';
import { fromViolations, lastStep } from '../../schema/symbol-metadata.ts';

export const metadataTranslationMissing: Rule = {
  id: 'metadata-translation-missing',
  severity: 'warning',
  explanation: {
    means: 'A text is given in one language only.',
    why: 'The manager shows texts in English (en_US) or Chinese (zh_CN), as its user likes. A missing one is shown as nothing.',
    issues: [],
    bad: '"label": { "en_US": "Interval" }',
    good: '"label": { "en_US": "Interval", "zh_CN": "间隔时间" }',
  },
  check: (subject) =>
    fromViolations(subject, (violation) => {
      const { keyword, key, part } = violation;
      if (keyword !== 'required' || (key !== 'en_US' && key !== 'zh_CN')) return null;
      // Real files have "helpUrl": {} when there is no help.
      if (lastStep(violation) === 'helpUrl' && part.under.size === 0) return null;
      const other = [...part.under.values()].find(({ value }) => typeof value === 'string')?.value;
      const text = typeof other === 'string' ? other : '…';
      return {
        message: `"${lastStep(violation)}" has no "${key}"`,
        effect: `The manager shows nothing there in ${key === 'en_US' ? 'English' : 'Chinese'}`,
        hint: `Add "${key}": ${JSON.stringify(text)} or its translation`,
      };
    }),
};
