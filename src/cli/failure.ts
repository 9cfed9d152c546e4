import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { EXIT, isAbort, KpluginError, REPORT_IT } from '../model/error.ts';
import type { ErrorCode } from '../model/error-catalogue.ts';
import { machineLimitIn } from '../model/machine-limit.ts';
import { printable } from '../model/printable.ts';
import { packageRoot } from './folders.ts';
import { bad, bold, dim, fix, note, type View, why } from './output/view.ts';

/** Limits the chain of causes, which may be circular. */
const MOST_CAUSES = 5;

/** Error codes of commander for usage errors. */
const USAGE_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['commander.unknownCommand', 'usage-unknown-command'],
  ['commander.unknownOption', 'usage-unknown-option'],
  ['commander.missingArgument', 'usage-missing-argument'],
  ['commander.excessArguments', 'usage-excess-arguments'],
  ['commander.optionMissingArgument', 'usage-option-missing-argument'],
  ['commander.invalidArgument', 'usage-invalid-argument'],
  ['commander.missingMandatoryOptionValue', 'usage-missing-mandatory-option-value'],
  ['commander.conflictingOption', 'usage-conflicting-option'],
]);

/**
 * Converts a thrown value to a KpluginError: commander's usage errors get exit 2, an abort 130, anything unexpected 70
 * with the hint to report a bug. `interrupt` is the command's signal; null when nothing can be interrupted yet.
 */
export function asKpluginError(thrown: unknown, interrupt: AbortSignal | null): KpluginError {
  if (thrown instanceof KpluginError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (isInterrupt(error, interrupt)) {
    return new KpluginError({
      code: 'interrupted',
      exit: EXIT.interrupted,
      message: 'interrupted; nothing is left half-done',
      hint: 'run the same command again',
    });
  }
  return (
    asUsage(error) ??
    machineLimitIn(error) ??
    asRefusedBySystem(error) ??
    asDamagedPart(error) ??
    asBug(error)
  );
}

/**
 * Whether an error is Ctrl-C at a prompt or the abort itself, alone or as its cause. Other errors after a Ctrl-C are
 * reported as themselves.
 */
function isInterrupt(error: Error, interrupt: AbortSignal | null): boolean {
  return error.name === 'ExitPromptError' || (interrupt !== null && isAbort(error, interrupt));
}

function asUsage(error: Error): KpluginError | null {
  const code = 'code' in error ? String(error.code) : '';
  if (!code.startsWith('commander.')) return null;
  const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = more.join(' ').replace(/^\(|\)$/g, '');
  return new KpluginError({
    code: USAGE_CODES.get(code) ?? 'usage-error',
    exit: EXIT.usage,
    message: first,
    hint: suggestion || 'kplugin --help lists the commands, kplugin <command> --help its flags',
    cause: error,
  });
}

/** System errors that name a path: a circle of links, a directory where a file is expected. */
function asRefusedBySystem(error: Error): KpluginError | null {
  if (!('syscall' in error && 'path' in error && typeof error.path === 'string')) return null;
  return new KpluginError({
    code: 'file-unusable',
    exit: EXIT.usage,
    message: `${error.path} cannot be used`,
    reason: error.message,
    hint: 'check its type and permissions, or name another file or folder',
    cause: error,
  });
}

/**
 * Errors of Node for a file of the bundle that is missing (only CommonJS has this code, and only the bundle is
 * CommonJS) or is not valid JavaScript: then the stack begins with the file name, which the stack of a JSON syntax
 * error does not.
 */
function asDamagedPart(error: Error): KpluginError | null {
  const isMissing = 'code' in error && error.code === 'MODULE_NOT_FOUND';
  const isBroken =
    error instanceof SyntaxError && error.stack?.startsWith(packageRoot() + path.sep) === true;
  if (!isMissing && !isBroken) return null;
  const what = isMissing ? 'is missing' : 'is damaged';
  return new KpluginError({
    code: 'not-started',
    exit: EXIT.bug,
    message: `a file of kplugin ${what}: ${firstLine(error.message)}`,
    reason: `kplugin is not complete in ${packageRoot()}, or this is a bug in kplugin`,
    hint: 'install it again (npm install -g kplugin; in a checkout npm ci)',
    cause: error,
  });
}

function asBug(error: Error): KpluginError {
  return new KpluginError({
    code: 'bug',
    exit: EXIT.bug,
    message: `kplugin failed unexpectedly: ${firstLine(error.message)}`,
    reason: 'this is a bug in kplugin, not in your plugin',
    hint: REPORT_IT,
    cause: error,
  });
}

/** The first line of a text; the stack shows the others. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** The error for the terminal. */
export function failureView(error: KpluginError, verbose: boolean): View {
  const { message, reason, notes, hint, code } = error;
  return {
    title: [bad('error'), ': ', bold(message)],
    notes: [
      ...(reason ? [why(reason)] : []),
      ...notes.map(note),
      fix(hint),
      ...(verbose
        ? [{ label: dim('more'), text: `kplugin explain ${code}`, whole: true } as const]
        : []),
    ],
    below: verbose ? sourceStack(error, packageRoot()) : [],
  };
}

/**
 * The stacks of an error and of its causes, line by line, with positions in kplugin's source instead of the bundle. The
 * source maps are read here, so that only failures pay for them. Control characters are escaped, because messages may
 * quote untrusted data.
 * @param root the directory of the package; paths in it are shown relative to it
 */
export function sourceStack(error: Error, root: string): string[] {
  const maps = new Map<string, SourceMap | null>();
  const lines: string[] = [];
  let cause: unknown = error;
  for (let count = 0; cause instanceof Error && count < MOST_CAUSES; count += 1) {
    const text = cause.stack ?? `${cause.name}: ${cause.message}`;
    const [first = '', ...more] = text.split('\n').map((line) => inSource(line, root, maps));
    lines.push(`${count === 0 ? '' : 'caused by '}${first}`, ...more);
    cause = cause.cause;
  }
  return lines;
}

/** `    at run (/…/dist/kplugin.cjs:1:2345)` becomes `    at run (src/commands/main.ts:79)`. */
function inSource(text: string, root: string, maps: Map<string, SourceMap | null>): string {
  const line = printable(text);
  const from = line.indexOf(root + path.sep);
  const to = line.endsWith(')') ? line.length - 1 : line.length;
  const place = /:(\d+):(\d+)$/.exec(line.slice(0, to));
  if (from < 0 || place === null || !/^\s+at /.test(line)) return line;
  const file = line.slice(from, place.index);
  const found = sourcePlace(file, Number(place[1]), Number(place[2]), maps);
  const [shown, rest] = found ?? [file, place[0]];
  const relative = path.relative(root, shown).replaceAll(path.sep, '/');
  return `${line.slice(0, from)}${relative}${rest}${line.slice(to)}`;
}

function sourcePlace(
  file: string,
  line: number,
  column: number,
  maps: Map<string, SourceMap | null>,
): [file: string, line: string] | null {
  const known = maps.get(file);
  const map = known === undefined ? readMap(file) : known;
  maps.set(file, map);
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return null;
  // Source maps have no position for npm packages, although the type says so.
  if (typeof entry.originalSource !== 'string') return null;
  const source = path.resolve(path.dirname(file), entry.originalSource);
  return [source, `:${entry.originalLine + 1}`];
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    // Without a source map the position in the bundle is shown.
    return null;
  }
}
