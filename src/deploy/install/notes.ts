import type { Candidate } from './candidate.ts';
import type { InstallPlan } from './plan.ts';
import { uploadNameOf } from './upload-name.ts';

/** Sentences about what this eKuiper does beside what was asked for. Source: real-servers.md N1–N3. */
export function notesOf(plan: InstallPlan, candidate: Pick<Candidate, 'identity'>): string[] {
  const notes: string[] = [];
  const { info, action } = plan;
  if (!info.features.status) {
    notes.push(
      `eKuiper ${info.version} has only unpacked it: the first rule that uses it starts it, and only then an error shows`,
    );
  }
  if (action === 'update' && isOther(plan)) notes.push(...updateNotes(plan, candidate));
  return notes;
}

function updateNotes(
  { info, present }: InstallPlan,
  { identity }: Pick<Candidate, 'identity'>,
): string[] {
  const notes: string[] = [];
  if (!info.features.status) {
    notes.push(
      'where a rule uses it, eKuiper 1.x often only kills the old process: if its rows stop, run the same with --reinstall',
    );
  }
  if (info.features.status && identity.symbols.some(({ kind }) => kind === 'source')) {
    notes.push(
      'if its source YAML changed: eKuiper 2.x keeps the old values until it restarts, or until they are put to /metadata/sources/<source>/confKeys/<group>',
    );
  }
  const rules = [...(present?.health.rules.keys() ?? [])].sort();
  if (rules.length > 0) notes.push(`rules that use it: ${rules.join(', ')}`);
  return notes;
}

/** Whether the content is another than what was there: `--reinstall` of the same brings nothing new. */
function isOther({ present, uploadName }: InstallPlan): boolean {
  const registration = present?.registration;
  return !registration || uploadNameOf(registration.file) !== uploadName;
}
