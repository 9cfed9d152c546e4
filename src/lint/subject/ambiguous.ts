import type { Finding } from '../../model/finding.ts';

/**
 * Why a zip is rejected from which other programs read other files: eKuiper would accept it, and its content cannot be
 * checked.
 */
export const AMBIGUOUS = {
  message: 'the package can be read in two ways, so it cannot be checked',
  hint: 'get it again from where it was made, or pack it from the project with kplugin pack',
} as const;

/** The findings about the two ways in which a zip can be read; empty for other plugins. */
export function ambiguousFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'zip-ambiguous');
}
