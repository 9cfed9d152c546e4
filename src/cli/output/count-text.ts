import { countFindings, type Finding } from '../../model/finding.ts';

/** `2 errors, 1 warning, 3 notes`; `no findings` for an empty list. */
export function countText(findings: readonly Finding[]): string {
  const counts = countFindings(findings);
  const parts = [
    plural(counts.error, 'error'),
    plural(counts.warning, 'warning'),
    plural(counts.info, 'note'),
  ];
  return parts.filter((part) => part !== '').join(', ') || 'no findings';
}

function plural(count: number, word: string): string {
  if (count === 0) return '';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
