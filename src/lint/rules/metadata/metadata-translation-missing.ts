import type { Report, Rule } from '../../engine/rule.ts';
import { fromViolations, lastStep } from '../../schema/symbol-metadata.ts';

export const metadataTranslationMissing: Rule = {
  id: 'metadata-translation-missing',
  severity: 'info',
  explanation: {
    means: 'Texts are given in one language only. Reported once for a plugin.',
    why: 'The manager shows texts in English (en_US) or Chinese (zh_CN), as its user likes. A missing one is shown as nothing.',
    issues: [],
    bad: '"label": { "en_US": "Interval" }',
    good: '"label": { "en_US": "Interval", "zh_CN": "间隔时间" }',
  },
  check: (subject) => {
    const languages = new Set<string>();
    const reports = fromViolations(subject, (violation) => {
      const { keyword, key, part } = violation;
      if (keyword !== 'required' || (key !== 'en_US' && key !== 'zh_CN')) return null;
      // Real files have "helpUrl": {} when there is no help.
      if (lastStep(violation) === 'helpUrl' && part.under.size === 0) return null;
      languages.add(key);
      const other = [...part.under.values()].find(({ value }) => typeof value === 'string')?.value;
      const text = typeof other === 'string' ? other : '…';
      return {
        message: `"${lastStep(violation)}" has no "${key}"`,
        effect: `The manager shows nothing there in ${key === 'en_US' ? 'English' : 'Chinese'}`,
        hint: `Add "${key}": ${JSON.stringify(text)} or its translation`,
      };
    });
    return together(reports, [...languages].sort());
  },
};

/** One report for a plugin, at its first text: a plugin in one language would have dozens. */
function together(reports: readonly Report[], languages: readonly string[]): Report[] {
  const [first] = reports;
  if (first === undefined || reports.length === 1) return [...reports];
  const names = languages.map((one) => `"${one}"`).join(' or no ');
  return [
    {
      ...first,
      message: `${reports.length} texts have no ${names}; this is the first`,
      effect: 'The manager shows nothing there in that language',
      hint: `${first.hint}; the same for the others, if users of that language matter`,
    },
  ];
}
