import type { Outcome } from '../../cli/outcome.ts';
import { bold } from '../../cli/output/view.ts';
import { DEFECTS, type Defect } from '../../doctor/host/defect-table.ts';
import { CATALOGUE } from '../../model/error-catalogue.ts';
import type { ErrorEntry } from '../../model/errors/entry.ts';
import { alsoMessage } from './explain-message.ts';
import { explanation, indented } from './explanation-text.ts';

/** As `doctor --json` names a defect of the host's version. */
const defectCode = ({ id }: Defect): string => `host-defect-${id}`;

/** What is explained, but for rules and messages of eKuiper: codes of errors, of findings in case files, of `doctor`. */
export const CODES: readonly string[] = [...CATALOGUE.keys(), ...DEFECTS.map(defectCode)];

/** What a code means; null when there is none like that. */
export function explainedCode(code: string): Outcome | null {
  const entry = CATALOGUE.get(code) ?? entryOfDefect(code);
  if (entry === null) return null;
  const { what, why, fix, commands } = entry;
  return {
    data: { code, ...entry },
    view: () =>
      explanation(bold(code), [
        [null, what],
        ['Why', why],
        ['What to do', fix],
        [null, indented(commands.join('\n'))],
      ]),
    ...alsoMessage(code),
  };
}

function entryOfDefect(code: string): (ErrorEntry & { readonly area: string }) | null {
  const defect = DEFECTS.find((one) => defectCode(one) === code);
  if (defect === undefined) return null;
  const { does, issues, kplugin, hint } = defect;
  const source = issues.length === 0 ? '' : ` (${issues.join(', ')})`;
  return {
    area: 'doctor',
    what: `A known defect of eKuiper, ${versionsOf(defect)}: ${does}${source}.`,
    why: `What kplugin does about it: ${kplugin}.`,
    fix: hint ?? 'Nothing has to be done.',
    commands: ['kplugin doctor --host <host>'],
  };
}

/** `before 1.8.0`, `1.8.0 and newer`. */
function versionsOf({ since, before }: Defect): string {
  const [first, fixed] = [since, before].map((version) => version?.join('.') ?? null);
  if (fixed === null) return first === null ? 'every version' : `${first} and newer`;
  return first === null ? `before ${fixed}` : `${first} and newer, before ${fixed}`;
}
