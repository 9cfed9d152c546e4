import type { Report, Rule } from '../../engine/rule.ts';
import { programOf } from '../../executable/program.ts';
import { programSources } from '../../program/source-files.ts';
import { installScript, isText, shellScripts } from '../../shell/shell-scripts.ts';
import {
  looksLike,
  saveAsUtf8,
  type WrongEncoding,
  wrongEncoding,
} from '../../subject/encoding.ts';
import { entryAt, OWN_FILES, ownFiles } from '../../subject/entries.ts';
import { executablePath } from '../../subject/manifest.ts';
import { symbolFilesIn } from '../../subject/read-subject.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';
import { jsonFilesOf } from '../../subject/subject-files.ts';

/** Bytes of texts that are not UTF-8: guessing what they are takes time. */
const MOST_WRONG = 2 * 1024 ** 2;

export const textEncoding: Rule = {
  id: 'text-encoding',
  severity: 'warning',
  explanation: {
    means:
      'A JSON file, a shell script, a Python file, or the main file of a program in Go is a text in another encoding than ' +
      'UTF-8, such as GBK or Shift-JIS. Looked at are the manifest, the files that describe symbols, install.sh, the ' +
      'executable where it is a script, and of other .json files, of shell scripts (.sh, .bash, or a #! line that names a ' +
      `shell) and of .py files the first ${OWN_FILES.files} each of up to ${OWN_FILES.bytes / 1024} KiB; not folders of ` +
      `libraries (node_modules, site-packages, vendor, venv) and tests, and no more than ${MOST_WRONG / 1024 ** 2} MiB of such texts.`,
    why: "Go's JSON decoder puts a replacement character (U+FFFD) in the place of every byte that is not UTF-8: the labels in eKuiper manager cannot be read. Python ends with a SyntaxError unless the first or second line names the encoding (PEP 263). A shell passes the bytes on as they are. UTF-16 is worse: JSON is refused, and no script runs. Which program reads another JSON file, and how, is not known.",
    issues: [],
    bad: 'B5 DA CE C2 B6 C8   (GBK)',
    good: 'E6 B8 A9 E5 BA A6   (UTF-8)',
  },
  async check(subject): Promise<Report[]> {
    const script = await installScript(subject);
    const programs = await programSources(subject);
    const started = await startedScript(subject);
    const shells = await shellScripts(subject);
    const others = await otherJson(subject);
    // The first of a path decides: a program that Python reads is no shell script, whatever its name is.
    const all = unique([
      ...jsonFilesOf(subject).map((file) => ({ file, judge: json })),
      ...(started?.isPython ? [{ file: started.file, judge: program }] : []),
      ...[script, started?.file, ...shells].flatMap((file) =>
        file ? [{ file, judge: shell }] : [],
      ),
      ...programs.map((file) => ({ file, judge: program })),
      ...others.map((file) => ({ file, judge: otherText })),
    ]);
    let left = MOST_WRONG;
    return all.flatMap(({ file, judge }) => {
      const wrong = left <= 0 ? null : wrongEncoding(file.bytes);
      if (wrong === null) return [];
      left -= file.bytes.length;
      return judge(file, wrong, subject);
    });
  },
};

/** A text file, and the function that reports its wrong encoding. */
interface Judged {
  readonly file: TextFile;
  readonly judge: (file: TextFile, wrong: WrongEncoding, subject: Subject) => Report[];
}

/** The plugin's own JSON files other than the manifest and symbol files. */
async function otherJson(subject: Subject): Promise<TextFile[]> {
  const { view } = subject;
  const known = new Set([...jsonFilesOf(subject), ...symbolFilesIn(view)].map(({ path }) => path));
  const entries = ownFiles(view, ({ path }) => /\.json$/i.test(path) && !known.has(path));
  const files = await Promise.all(entries.map(({ path }) => subject.text(path)));
  return files.flatMap((file) => (file !== null && isText(file.bytes) ? [file] : []));
}

interface StartedScript {
  readonly file: TextFile;
  /** Executed by Python, whatever its name is. */
  readonly isPython: boolean;
}

/** The executable, if it is a text file. */
async function startedScript(subject: Subject): Promise<StartedScript | null> {
  const started = await programOf(subject);
  if (started === null) return null;
  const isPython = started.runs === 'python';
  if (!isPython && started.header.format !== 'script') return null;
  const size = entryAt(subject.view, started.path)?.size ?? 0;
  const file = size > MOST_BYTES ? null : await subject.text(started.path);
  return file && { file, isPython };
}

/** Size limit: hand-written scripts are shorter. */
const MOST_BYTES = 256 * 1024;

function unique(all: readonly Judged[]): Judged[] {
  const byPath = new Map<string, Judged>();
  for (const one of all) if (!byPath.has(one.file.path)) byPath.set(one.file.path, one);
  return [...byPath.values()];
}

function json(file: TextFile, wrong: WrongEncoding, subject: Subject): Report[] {
  const known = jsonFilesOf(subject).find(({ path }) => path === file.path);
  // Another rule reports a byte order mark or an invalid character.
  if (!known?.json.ok) return [];
  return [
    report(file, wrong, {
      severity: 'warning',
      effect:
        'eKuiper reads it with a replacement character (U+FFFD) in the place of each such byte; names and labels cannot be read',
    }),
  ];
}

function otherText(file: TextFile, wrong: WrongEncoding): Report[] {
  return [report(file, wrong, { severity: 'warning', effect: NOT_AS_JSON })];
}

const NOT_AS_JSON =
  'Which program reads it is not known; JSON is UTF-8, and one that reads it so refuses it or gets other characters';

function shell(file: TextFile, wrong: WrongEncoding): Report[] {
  const { isWide } = wrong;
  const isInstall = file.path === 'install.sh';
  return [
    report(file, wrong, {
      severity: isWide && isInstall ? 'error' : 'warning',
      effect: isWide
        ? `The shell cannot run it${isInstall ? ': the install fails' : ''}`
        : 'The shell takes the bytes as they are: names of files and messages are not those that you see',
    }),
  ];
}

function program(file: TextFile, wrong: WrongEncoding, subject: Subject): Report[] {
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
  { path, source }: TextFile,
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
