import type { LeftOut } from '../model/view.ts';
import { CONFIG_FILE, IGNORE_FILE } from './ignore/project-lists.ts';
import type { Verdict } from './ignore/verdict.ts';
import type { Plan } from './plan/plan.ts';

/** What a plan leaves out, by path, each with the rule and what lets it in. */
export function leftOutOf({ decisions }: Pick<Plan, 'decisions'>): ReadonlyMap<string, LeftOut> {
  return new Map(
    decisions.flatMap(({ path, verdict }) =>
      verdict.packed ? [] : [[path, leftOutBy(path, verdict)]],
    ),
  );
}

function leftOutBy(path: string, verdict: Verdict): LeftOut {
  const isSecret = verdict.holds !== undefined;
  return { rule: ruleText(verdict), fix: fixFor(path, verdict), isSecret };
}

function ruleText({ list, line, rule, holds }: Verdict): string {
  if (holds !== undefined) return `it ${isPkcs12(rule) ? 'is' : 'holds'} ${rule}`;
  if (list === 'files') return `"files" of ${CONFIG_FILE}`;
  return list === IGNORE_FILE ? `${list}:${line} "${rule}"` : `"${rule}"`;
}

/** No line lets one in: kplugin cannot see that it holds no private key. */
function isPkcs12(rule: string): boolean {
  return rule === 'a PKCS#12 key store' || rule === '*.p12' || rule === '*.pfx';
}

function fixFor(path: string, { list, line, rule, reason, holds }: Verdict): string {
  if (list === 'strict' && isPkcs12(rule))
    return 'Put the file on the box itself, and let the program read it from there; for certificates alone, use PEM';
  if (holds === 'private key')
    return 'Put the key on the box itself, and let the program read it from there';
  if (list === 'files') return `Add "${path}" to "files" in ${CONFIG_FILE}`;
  if (list === IGNORE_FILE)
    return `Remove line ${line} of ${IGNORE_FILE}, or write !${path} below it`;
  const byName = `Write the line !${path} into ${IGNORE_FILE}`;
  return reason === undefined ? byName : `${byName} (or "${path}" into "files" of ${CONFIG_FILE})`;
}
