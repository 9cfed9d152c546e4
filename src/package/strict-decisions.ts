import { ignorePattern } from '../model/clean-path.ts';
import type { Unsearched } from '../model/secrets/compressed.ts';
import { CONFIG_FILE } from './ignore/pattern-lists.ts';
import { LINE_IN_ZIP, TEST_REPORT } from './ignore/verdict.ts';
import type { Decision, Plan } from './plan/plan.ts';

/**
 * The decisions of the strict set, without `.git` and, in a project, the plugin's own packages, which are usually
 * there.
 */
export function strictDecisions({ decisions, root }: Plan, name: string | null): Decision[] {
  const isOwn = (path: string): boolean => {
    const last = path.slice(path.lastIndexOf('/') + 1);
    return last === `${name}.zip` || (last.startsWith(`${name}-`) && last.endsWith('.zip'));
  };
  return decisions.filter(({ path, verdict: { reason, packed } }) => {
    if (reason === undefined) return false;
    return packed || !(/(^|\/)\.git\/?$/.test(path) || (root !== null && isOwn(path)));
  });
}

/** One line about such a decision: the rule and its reason. */
export function strictNote({ path, verdict }: Decision): string {
  const { packed, rule, reason, holds } = verdict;
  if (packed) return `packed ${path} because ${lineName(verdict)} names it (${reason})`;
  return `left out ${path} (${holds === undefined ? `${rule}: ${reason}` : reason})`;
}

function lineName({ list, line }: Decision['verdict']): string {
  return list === 'files' ? `"files" entry ${line} of ${CONFIG_FILE}` : `line ${line} of ${list}`;
}

/**
 * How to include the first file that these decisions exclude by its name; null when there is none or no line can
 * include it. For exclusions by content the decision itself states it.
 */
export function howToPackNote(decisions: readonly Decision[], { root }: Plan): string | null {
  const first = decisions.find(
    ({ verdict: { packed, holds, rule } }) =>
      !packed && holds === undefined && rule !== TEST_REPORT.rule,
  );
  if (first === undefined) return null;
  if (root === null) return LINE_IN_ZIP;
  const pattern = ignorePattern(first.path);
  return `to pack one of them nevertheless, name it: the line !${pattern} in .kpluginignore, or ${JSON.stringify(pattern)} in "files" of ${CONFIG_FILE} (a private key stays out all the same)`;
}

/** Maximum number of names in one note. */
const MOST_NAMES = 5;

const WHY: Readonly<Record<Unsearched, string>> = {
  limit: 'a limit of kplugin ended the search',
  encrypted: 'entries of it are encrypted',
  method: 'entries of it are compressed in another way than deflate',
};

/** The packed files that were only partly searched for secrets, and why; null when there are none. */
export function searchedInPartNote({ searchedInPart }: Plan): string | null {
  const count = searchedInPart.length;
  if (count === 0) return null;
  const shown = searchedInPart.slice(0, MOST_NAMES).map(({ path, why }) => `${path} (${WHY[why]})`);
  const more = count > MOST_NAMES ? ` and ${count - MOST_NAMES} more` : '';
  const files = `${count} ${count === 1 ? 'file was' : 'files were'}`;
  return `${files} searched only in part for private keys and tokens: ${shown.join(', ')}${more}; search the rest with a secret scanner`;
}
