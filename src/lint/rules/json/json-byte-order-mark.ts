import type { Rule } from '../../engine/rule.ts';
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
  check: (subject) =>
    flawReports(subject, 'byte-order-mark', ({ json }) => ({
      message:
        !json.ok && json.message.includes('ï')
          ? 'The file begins with a byte-order mark'
          : 'The file is UTF-16; JSON for eKuiper must be UTF-8',
      hint: 'Save it as UTF-8 without BOM (VS Code: "Save with Encoding", UTF-8)',
    })),
};
