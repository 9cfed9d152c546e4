import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { reachedFiles } from '../../program/source-files.ts';
import { readManifest } from '../../subject/manifest.ts';
import type { PythonFlaw } from '../../subject/python-parser.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';

export const programSyntax: Rule = {
  id: 'program-syntax',
  severity: 'error',
  explanation: {
    means:
      'The Python on the PATH of this machine cannot read a source file of the program. It only reads the text; it runs ' +
      'none of it, and it is not a Python of the project.',
    why:
      'Python stops before the first line of the program, so eKuiper waits for a plugin that never connects. What only ' +
      'an older or a newer Python refuses is a warning, because the box may have another one. Without a Python on the ' +
      'PATH nothing is checked.',
    issues: [],
    bad: 'from ekuiper import plugin\n\n    import judge',
    good: 'from ekuiper import plugin\n\nimport judge',
  },
  async check(subject) {
    if (readManifest(subject)?.info.language !== 'python' || subject.parsePython === null)
      return [];
    const files = new Map((await sourcesOf(subject)).map((file) => [file.path, file]));
    if (files.size === 0) return [];
    const sources = Array.from(files.values(), ({ path, source }) => ({ path, text: source.text }));
    const verdict = await subject.parsePython(sources);
    const flaws = verdict?.flaws ?? [];
    return firstOf(
      flaws.flatMap((flaw) => {
        const file = files.get(flaw.path);
        return file ? [report(subject, file, flaw, verdict?.version ?? '3')] : [];
      }),
    );
  },
};

/** Bytes that are not UTF-8 may be right in the encoding that the file names. */
async function sourcesOf(subject: Subject): Promise<TextFile[]> {
  let left = TEXT_LIMITS.programFile;
  const files = (await reachedFiles(subject)).map(({ file }) => file);
  return files.filter(({ path, source: { text } }) => {
    if (!path.endsWith('.py') || text.includes('\uFFFD')) return false;
    left -= text.length;
    return left >= 0;
  });
}

/** What every Python 3 refuses. */
const ALWAYS = /^(?:IndentationError|TabError)$|^Missing parentheses in call to/;

function report(subject: Subject, file: TextFile, flaw: PythonFlaw, version: string): Report {
  const { error, message, line } = flaw;
  const isSure = ALWAYS.test(error) || ALWAYS.test(message);
  const at = line === null ? null : placeOfLine(file, line);
  return {
    file: file.path,
    ...(at && { at }),
    ...(isSure ? {} : { severity: 'warning' as const }),
    message: `Python cannot read this file: ${error}: ${message}`,
    effect: failsHandshake(
      subject,
      isSure
        ? 'Python stops when it reads the file'
        : `Python ${version}, which is here, stops when it reads the file; if that of the box does as well`,
    ),
    hint: 'Correct the line, or the one before it',
  };
}

function placeOfLine({ source }: TextFile, line: number): { start: number; end: number } | null {
  let start = 0;
  for (let left = line - 1; left > 0; left -= 1) {
    const end = /\r\n|\n|\r/g;
    end.lastIndex = start;
    if (!end.test(source.text)) return null;
    start = end.lastIndex;
  }
  const text = source.line(line);
  return { start: start + (text.length - text.trimStart().length), end: start + text.length };
}
