import type { Decision, Plan } from './plan/plan.ts';

/**
 * The decisions in which the strict set had a say, without `.git` and, in a project, the plugin's own packages: those
 * are always there.
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
export function strictNote({
  path,
  verdict: { packed, list, line, rule, reason },
}: Decision): string {
  return packed
    ? `packed ${path} because ${list}:${line} names it (${reason})`
    : `left out ${path} (${rule}: ${reason})`;
}
