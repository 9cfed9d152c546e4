import type { Finding } from '../../model/finding.ts';

/** Why a zip of which other programs read other files is not taken: eKuiper would take it, and nobody can check it. */
export const AMBIGUOUS = {
  message: 'the package can be read in two ways, so it cannot be checked',
  hint: 'get it again from where it was made, or pack it from the project with kplugin pack',
} as const;

/** The findings that say in which two ways a zip can be read; none for every other plugin. */
export function ambiguousFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'zip-ambiguous');
}
