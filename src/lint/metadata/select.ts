import type { Report } from '../engine/rule.ts';
import { type Violation, violationsOf } from '../schema/violations.ts';
import type { Subject, SymbolFile } from '../subject/subject.ts';

/** Reports for those schema violations of all symbol files for which `report` does not return null. */
export function fromViolations(
  subject: Subject,
  report: (violation: Violation, file: SymbolFile) => Omit<Report, 'file' | 'at'> | null,
): Report[] {
  return subject.symbolFiles.flatMap((file) =>
    violationsOf(file).flatMap((violation) => {
      const said = report(violation, file);
      return said ? [{ ...said, file: file.path, at: violation.at }] : [];
    }),
  );
}

/** The last step of a violation's path: the key or index of the value itself. */
export function lastStep({ path }: Violation): string {
  return path.at(-1) ?? '';
}

/** Whether the value is `properties` of a source or sink, or a group in it: other rules report those. */
export function isPropertiesShape({ path }: Violation, file: SymbolFile): boolean {
  if (path[0] !== 'properties') return false;
  return path.length === 1 || (file.symbol.kind === 'source' && path.length === 2);
}

/** Whether the value is an item of a field's list default: another rule reports those. */
export function isListDefault({ path, part }: Violation): boolean {
  // `properties/default/0` is a field of the group "default"; longer paths are inside a field.
  return path.length > 3 && path.at(-2) === 'default' && part.node.type !== 'object';
}
