import { EXIT, type ExitCode, KpluginError } from '../model/error.ts';
import type { Level, Remark } from './host/check.ts';

/** The parts that doctor checks, in the order of the output. */
export const PARTS = ['machine', 'project', 'host'] as const;

export type Part = (typeof PARTS)[number];

export interface Section {
  readonly part: Part;
  /** `This machine`, `The plugin in .`, `Host edge1:9081`. */
  readonly title: string;
  readonly remarks: readonly Remark[];
}

/** Counts the remarks of each level. */
export function countLevels(sections: readonly Section[]): Readonly<Record<Level, number>> {
  const counts = { ok: 0, warning: 0, error: 0, skipped: 0 };
  for (const { remarks } of sections) {
    for (const { level } of remarks) counts[level] += 1;
  }
  return counts;
}

/**
 * The part that determines the exit code, first match first: a host was named on purpose, and this machine is the last
 * thing that a user can replace.
 */
const BLAME: readonly (readonly [Part, ExitCode])[] = [
  ['host', EXIT.host],
  ['project', EXIT.findings],
  ['machine', EXIT.usage],
];

/** The error of the command; null without an error. Its exit code depends on the part with the error. */
export function diagnosisError(sections: readonly Section[]): KpluginError | null {
  for (const [part, exit] of BLAME) {
    const ill = sections.find((section) => section.part === part);
    const first = ill?.remarks.find(({ level }) => level === 'error');
    if (first === undefined) continue;
    return new KpluginError({
      code: `doctor-${part}`,
      exit,
      message: first.text,
      hint: first.hint ?? 'correct it, then run the same command again',
    });
  }
  return null;
}
