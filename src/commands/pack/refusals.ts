import { buildCommand } from '../../lint/built-by-pack.ts';
import { entryAt } from '../../lint/entries.ts';
import { executablePath } from '../../lint/executable-value.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import type { ViewProblem } from '../../model/view.ts';
import { obstacleOf } from '../../package/prepare.ts';
import type { Source } from './prepare-pack.ts';

/** Why a checked plugin is not packed, or null: findings of severity error, or what cannot be put into a zip. */
export function packRefusal(source: Source): KpluginError | null {
  const obstacle = obstacleOf(source);
  if (obstacle === 'errors') return hasErrors(source.findings);
  return obstacle && cannotPack(obstacle, source);
}

function hasErrors(findings: readonly Finding[]): KpluginError {
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: 'the plugin has errors; nothing was packed',
    hint: 'mend them and pack again; kplugin explain <rule> tells more',
    findings,
  });
}

/** Every problem has a rule; should one be missing, half a plugin must not be packed all the same. */
function cannotPack({ entry, detail }: ViewProblem, { from }: Source): KpluginError {
  return new KpluginError({
    code: 'cannot-pack',
    exit: EXIT.findings,
    message: `${entry ?? 'the plugin'} cannot be packed: ${detail}`,
    hint:
      from === null
        ? 'mend it, or leave it out with a line in .kpluginignore'
        : 'make the package again from its project: kplugin pack',
  });
}

/** A program that pack would have built, left out by `--no-build`: the rules let it be missing from a project. */
export async function unbuiltRefusal({ subject, view }: Source): Promise<KpluginError | null> {
  const executable = executablePath(subject);
  const command = await buildCommand(subject);
  if (executable === null || command === null || entryAt(view, executable) !== null) return null;
  return new KpluginError({
    code: 'not-built',
    exit: EXIT.findings,
    message: `the executable ${executable} is not built yet; nothing was packed`,
    reason: `eKuiper refuses a package without it: "missing ${executable}"`,
    hint: `leave out --no-build, or run ${command} first`,
  });
}

/** A wish for one architecture, and an executable of another. */
export function archRefusal(wanted: string | undefined, { identity }: Source): KpluginError | null {
  if (wanted === undefined || identity.arch === null || identity.arch === wanted) return null;
  return new KpluginError({
    code: 'arch-mismatch',
    exit: EXIT.findings,
    message: `--arch says ${wanted}, but ${identity.executable} is a program for ${identity.arch}`,
    reason: 'eKuiper on the other machine answers "exec format error"',
    hint: 'leave out --no-build, or build the executable for that architecture',
  });
}

/** Re-packing in place would destroy the only copy of what was given. */
export function overwriteRefusal(file: string, { from }: Source): KpluginError | null {
  if (from === null || from !== file) return null;
  return new KpluginError({
    code: 'output-is-input',
    exit: EXIT.usage,
    message: 'the new zip would replace the one it is made from',
    hint: 'name another file or directory with -o',
  });
}
