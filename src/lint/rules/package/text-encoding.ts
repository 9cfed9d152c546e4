import type { Report, Rule } from '../../engine/rule.ts';
import { programOf } from '../../executable/program.ts';
import { programSources } from '../../program/source-files.ts';
import { installScript } from '../../shell/install-script.ts';
import {
  looksLike,
  saveAsUtf8,
  type WrongEncoding,
  wrongEncoding,
} from '../../subject/encoding.ts';
import { entryAt } from '../../subject/entries.ts';
import { executablePath } from '../../subject/executable-value.ts';
import { jsonFilesOf } from '../../subject/json-files.ts';
import type { JsonFile, Subject, TextFile } from '../../subject/subject.ts';

export const textEncoding: Rule = {
  id: 'text-encoding',
  severity: 'warning',
  explanation: {
    means:
      'A JSON file, install.sh or the program is a text in another encoding than UTF-8, such as GBK or Shift-JIS.',
    why: "Go's JSON decoder puts a replacement character (U+FFFD) in the place of every byte that is not UTF-8: the labels in eKuiper manager cannot be read. Python ends with a SyntaxError unless the first or second line names the encoding (PEP 263). A shell passes the bytes on as they are. UTF-16 is worse: JSON is refused, and no script runs.",
    issues: [],
    bad: 'B5 DA CE C2 B6 C8   (GBK)',
    good: 'E6 B8 A9 E5 BA A6   (UTF-8)',
  },
  async check(subject): Promise<Report[]> {
    const script = await installScript(subject);
    const programs = await programSources(subject);
    const started = await startedScript(subject);
    return [
      ...jsonFilesOf(subject).map(json),
      ...[script, started?.isPython ? null : started?.file].map((file) =>
        file ? shell(file) : [],
      ),
      ...unique([started?.isPython ? started.file : null, ...programs]).map((file) =>
        program(subject, file),
      ),
    ].flat();
  },
};

interface StartedScript {
  readonly file: TextFile;
  /** Read by Python, whatever its name is. */
  readonly isPython: boolean;
}

/** The executable, where it is a text. */
async function startedScript(subject: Subject): Promise<StartedScript | null> {
  const started = await programOf(subject);
  if (started === null) return null;
  const isPython = started.runs === 'python';
  if (!isPython && started.header.format !== 'script') return null;
  const size = entryAt(subject.view, started.path)?.size ?? 0;
  const file = size > MOST_BYTES ? null : await subject.text(started.path);
  return file && { file, isPython };
}

/** Nobody writes a longer script by hand. */
const MOST_BYTES = 256 * 1024;

function unique(files: readonly (TextFile | null)[]): TextFile[] {
  const byPath = new Map(files.flatMap((file) => (file ? [[file.path, file] as const] : [])));
  return [...byPath.values()];
}

function json(file: JsonFile): Report[] {
  // A byte-order mark or a wrong character is an error of its own.
  if (!file.json.ok) return [];
  const wrong = wrongEncoding(file.bytes);
  if (wrong === null) return [];
  return [
    report(file, wrong, {
      severity: 'warning',
      effect:
        'eKuiper reads it with a replacement character (U+FFFD) in the place of each such byte; names and labels cannot be read',
    }),
  ];
}

function shell(file: TextFile): Report[] {
  const wrong = wrongEncoding(file.bytes);
  if (wrong === null) return [];
  const { isWide } = wrong;
  return [
    report(file, wrong, {
      severity: isWide ? 'error' : 'warning',
      effect: isWide
        ? 'The shell cannot run it: the install fails'
        : 'The shell takes the bytes as they are: names of files and messages are not those that you see',
    }),
  ];
}

function program(subject: Subject, file: TextFile): Report[] {
  const wrong = wrongEncoding(file.bytes);
  if (wrong === null) return [];
  const isMain = executablePath(subject) === file.path;
  if (!file.path.endsWith('.py') && !(isMain && subject.decoded?.language === 'python')) {
    return [report(file, wrong, { severity: 'warning', effect: NOT_SEEN_SO })];
  }
  const coding = wrong.isWide ? undefined : CODING.exec(firstLines(file))?.[1];
  if (coding !== undefined && !/^utf-?8/i.test(coding)) return [];
  return [
    report(file, wrong, {
      severity: 'error',
      effect: `Python ends with a SyntaxError when it ${isMain ? 'starts' : 'imports'} it: no symbol of the plugin works`,
    }),
  ];
}

const NOT_SEEN_SO = 'Its texts are not those that you see in your editor';

/** PEP 263. */
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/m;

function firstLines({ source }: TextFile): string {
  return `${source.line(1)}\n${source.line(2)}`;
}

function report(
  { path, source }: TextFile | JsonFile,
  wrong: WrongEncoding,
  { severity, effect }: Pick<Required<Report>, 'severity' | 'effect'>,
): Report {
  const start = Math.max(0, source.text.indexOf('\ufffd'));
  const python = wrong.isSure ? (wrong.readings[0]?.python ?? null) : null;
  const coding =
    path.endsWith('.py') && python !== null
      ? `; or begin the file with "# -*- coding: ${python} -*-"`
      : '';
  return {
    file: path,
    at: { start, end: start + 1 },
    severity,
    message: `The file is not UTF-8; ${looksLike(wrong)}`,
    effect,
    hint: saveAsUtf8(wrong, path, coding),
  };
}
