import { isUtf8 } from 'node:buffer';
import { KpluginError } from '../../model/error.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { Entry, Repacking } from '../../model/view.ts';
import { obstacleOf, preparePlan } from '../prepare.ts';
import { LEAVES_ON_WINDOWS, otherReading } from '../zip/entry-name.ts';
import type { ZipView } from '../zip-view.ts';
import { planFromZip, type ZipPlan } from './plan-from-zip.ts';

/** Trying takes as much time and memory as checking the zip. */
const MOST_ENTRIES = 10_000;

/**
 * Whether `kplugin pack --from` would write a package from this zip: runs everything up to writing, for the default
 * target.
 */
export async function repackingOf(zip: ZipView): Promise<Repacking> {
  if (zip.entries.length > MOST_ENTRIES) return 'untried';
  try {
    const plan = await planFromZip(zip);
    const problems = plan.problems.filter(({ kind }) => kind !== 'foreign-name');
    const prepared = await preparePlan(
      { ...plan, problems },
      { target: NEWEST_TARGET, label: zip.label },
    );
    if (obstacleOf(prepared) !== null) return 'impossible';
    return problems.length < plan.problems.length ? 'named' : 'possible';
  } catch (thrown) {
    // An invalid .kplugin.json in the zip stops pack --from in the same way.
    if (thrown instanceof KpluginError) return 'impossible';
    throw thrown;
  }
}

const MOST_CHANGES = 100;
const MOST_NAMES = 10;

/** The changes that re-packing made, one short clause each, for display and for `--json`. */
export function fixedFaults(zip: ZipView, plan: ZipPlan): string[] {
  const before = new Map(
    zip.entries.map((entry) => [zip.meant.get(entry.path) ?? entry.path, entry]),
  );
  // Secrets have separate lines with the reason; see strict-decisions.ts.
  const dropped = plan.decisions.filter(
    ({ verdict }) => !verdict.packed && (verdict.reason === undefined || verdict.rule === '.git'),
  );
  // In a name that is not UTF-8, a backslash byte may be half of a character.
  const backslashes = new Set(
    zip.problems.flatMap(({ kind, entry, detail }) =>
      kind === 'backslash-name' && detail !== LEAVES_ON_WINDOWS ? (entry ?? []) : [],
    ),
  );
  return [
    ...(plan.wrapping === '' ? [] : [`took everything out of the folder ${plan.wrapping}`]),
    ...counted(zip, (name) => /^\.\//.test(name), 'removed "./" from the names of'),
    ...counted(zip, (name) => backslashes.has(name), 'replaced "\\" by "/" in the names of'),
    ...renamed(zip),
    ...untidied(zip),
    ...shortened(
      plan.entries.flatMap((entry) => changeOf(entry, before.get(`${plan.wrapping}${entry.path}`))),
      'changes of folders and modes',
    ),
    ...leftOut(dropped),
  ];
}

function counted(zip: ZipView, test: (name: string) => boolean, words: string): string[] {
  const count = zip.entries.filter((entry) => test(entry.rawName)).length;
  return count === 0 ? [] : [`${words} ${count} ${count === 1 ? 'entry' : 'entries'}`];
}

/**
 * One line per name up to a limit, then their number. Names that are valid UTF-8 too come first, on separate lines,
 * because the user's choice of the encoding decides about them.
 */
function renamed({ meant, namesIn, records }: ZipView): string[] {
  const { sure } = namesIn.encoding;
  if (sure === null) return [];
  const by = namesIn.isNamed
    ? ''
    : `; the zip does not name the encoding, ${sure.name} is likely (another: --name-encoding)`;
  const both: string[] = [];
  const plain: string[] = [];
  const kept: string[] = [];
  for (const [path, record] of records) {
    const name = meant.get(path);
    const other = otherReading(record.name, record.flags, namesIn);
    if (name !== undefined && isUtf8(record.name)) {
      both.push(`read the name ${record.name} as ${sure.name} and wrote it in UTF-8: ${name}`);
    } else if (name !== undefined) plain.push(`wrote the name ${name} in UTF-8${by}`);
    else if (other !== null) {
      kept.push(
        `left the name ${path}, which is UTF-8; in ${sure.name} it is ${other}, if --name-encoding says so`,
      );
    }
  }
  const most = plain.length > MOST_NAMES ? [`wrote ${plain.length} names in UTF-8${by}`] : plain;
  return [...shortened(both, 'names'), ...most, ...shortened(kept, 'names')];
}

function untidied({ problems }: ZipView): string[] {
  const untidy = problems.filter(({ kind }) => kind === 'untidy');
  return untidy
    .slice(0, MOST_NAMES)
    .map(({ entry, detail }) => `repaired: ${entry === null ? '' : `${entry}: `}${detail}`);
}

function changeOf(entry: ZipPlan['entries'][number], before: Entry | undefined): string[] {
  if (!before) return entry.kind === 'directory' ? [`added the folder ${entry.path}/`] : [];
  if (before.kind === 'symlink') return [`replaced the link ${entry.path} by what it leads to`];
  if (entry.kind === 'directory' || before.mode === entry.mode) return [];
  const was = before.mode === null ? 'none' : before.mode.toString(8).padStart(4, '0');
  return [`gave ${entry.path} the mode ${entry.mode.toString(8).padStart(4, '0')} (was ${was})`];
}

/** One line per rule: `left out a.log (*.log)`, `left out 12 files (tests/)`. */
function leftOut(dropped: ZipPlan['decisions']): string[] {
  const byRule = new Map<string, string[]>();
  for (const { path, verdict } of dropped) {
    const paths = byRule.get(verdict.rule);
    if (paths) paths.push(path);
    else byRule.set(verdict.rule, [path]);
  }
  return Array.from(byRule, ([rule, paths]) => {
    const what = paths.length === 1 ? paths[0] : `${paths.length} files`;
    return `left out ${what} (${rule})`;
  });
}

/** Limits the number of lines: nobody reads ten thousand lines about modes. */
function shortened(lines: readonly string[], what: string): string[] {
  const more = lines.length - MOST_CHANGES;
  return more <= 0 ? [...lines] : [...lines.slice(0, MOST_CHANGES), `and ${more} more ${what}`];
}
