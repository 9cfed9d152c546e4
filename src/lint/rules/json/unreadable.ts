import type { JsonFlaw } from '../../../model/json/fix.ts';
import type { Span } from '../../../model/json/node.ts';
import type { Report } from '../../engine/rule.ts';
import type { JsonFile, Subject } from '../../subject/subject.ts';
import { effectOfUnreadable, jsonFilesOf } from '../../subject/subject-files.ts';

/** Reports for every flaw of one kind in every JSON file, each with Go's message for the first flaw of the file. */
export function flawReports(
  subject: Subject,
  kind: JsonFlaw['kind'],
  words: (file: JsonFile) => Pick<Report, 'message' | 'hint'>,
): Report[] {
  return jsonFilesOf(subject).flatMap((file) =>
    file.flaws
      .filter((flaw) => flaw.kind === kind)
      .map(({ at }) => unreadable(subject, file, at, words(file))),
  );
}

/** A report about a file that Go cannot decode. */
export function unreadable(
  subject: Subject,
  file: JsonFile,
  at: Span,
  words: Pick<Report, 'message' | 'hint'>,
): Report {
  const said = file.json.ok ? '' : file.json.message;
  return { file: file.path, at, effect: effectOfUnreadable(subject, file, said), ...words };
}
