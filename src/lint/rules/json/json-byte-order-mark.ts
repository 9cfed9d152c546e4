import { hasUtf8Mark } from '../../../model/json/bytes.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { saveAsUtf8, saveWithoutMark, wrongEncoding } from '../../subject/encoding.ts';
import type { JsonFile } from '../../subject/subject.ts';
import { flawReports } from './unreadable.ts';

export const jsonByteOrderMark: Rule = {
  id: 'json-byte-order-mark',
  severity: 'error',
  explanation: {
    means:
      'The file begins with a byte-order mark, as some Windows editors and PowerShell write it, or it is UTF-16.',
    why: "Go's JSON decoder takes the mark for a wrong first character. The manifest is refused; a metadata file is lost without a trace.",
    issues: [],
    bad: 'EF BB BF 7B …   (UTF-8 with BOM)',
    good: '7B …            (UTF-8)',
  },
  check: (subject) => flawReports(subject, 'byte-order-mark', wordsFor),
};

function wordsFor({ bytes, path }: JsonFile): Pick<Report, 'message' | 'hint'> {
  const wide = hasUtf8Mark(bytes) ? null : wrongEncoding(bytes);
  if (wide === null) {
    return { message: 'The file begins with a byte-order mark', hint: saveWithoutMark(path) };
  }
  const name = wide.readings[0]?.name ?? 'UTF-16';
  return {
    message: `The file is ${name}; JSON for eKuiper must be UTF-8`,
    hint: saveAsUtf8(wide, path),
  };
}
