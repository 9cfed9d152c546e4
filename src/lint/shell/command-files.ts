import { cleanPath } from '../../model/clean-path.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';
import { firstScope, HOME, wordValue } from './shell-values.ts';

/** The meaning of the arguments of commands that install scripts use. */
interface CommandFiles {
  /** Indexes of the arguments that are files the command reads. */
  readonly reads: readonly number[];
  /** Indexes of the arguments that the command creates. */
  readonly makes: readonly number[];
  /** Indexes of folders that it fills, or -1 for the current directory. */
  readonly fills: readonly number[];
}

const NONE: CommandFiles = { reads: [], makes: [], fills: [] };

/** Commands whose arguments are not files, or may be missing. */
const SILENT =
  /^(?:echo|printf|:|true|false|exit|return|set|unset|export|local|readonly|alias|trap|read|eval|which|command|type|hash|logger|kill|sleep|date|rm|rmdir|test|\[|\[\[|for|case|find|ls|id|uname|umask|ulimit|wait|shift)$/;

const SHELL = /^(?:sh|bash|dash|ash|busybox|\.|source|perl|ruby)$/;
const PYTHON = /^(?:python|pypy)[\d.]*$/;
const PIP = /^pip[\d.]*$/;

/** Commands where every argument that is not an option is a file that must exist. */
const READERS =
  /^(?:cat|head|tail|grep|sed|awk|patch|dpkg|rpm|insmod|source|sha256sum|md5sum|sha1sum|file|stat|wc|sort|diff|cmp|strip|ldconfig|conda|mamba|openssl|docker|java|node|npm|opkg)$/;

/** Options whose value is created, for any command. */
const OUTPUT =
  /^(?:-o|-O|--output|--output-document|--out|--log|--log-file|--logfile|--pid-file|--report)$/;

const PIP_INPUT = /^(?:-r|--requirement|-c|--constraint|-f|--find-links|-e|--editable)$/;
const PIP_JOINED = /^-[rcfe]\S|^--(?:requirement|constraint|find-links|editable)=/;
const PIP_OUTPUT = /^(?:-t|--target|--prefix|--root|-d|--dest|--cache-dir|--log)$/;
const PIP_FILE = /\.(?:whl|tar\.gz|tgz|zip)$|^\.{1,2}\//;

/**
 * Finds the arguments of a command that are files, by their indexes. `args` are the values where they are known. The
 * arguments of an unknown command are not files. Null for a command whose arguments are not files, or may be missing.
 */
export function commandFiles(
  command: string,
  args: readonly (string | null)[],
): CommandFiles | null {
  if (SILENT.test(command)) return null;
  if (PYTHON.test(command)) return pythonFiles(args);
  if (PIP.test(command)) return pipFiles(args, 0);
  if (SHELL.test(command)) return firstPlain(args);
  const known = COMMANDS.get(command);
  if (known) return known(args);
  const outputs = valuesOf(args, OUTPUT);
  const others = plainPlaces(args).filter((place) => !outputs.includes(place));
  return { reads: READERS.test(command) ? others : [], makes: outputs, fills: [] };
}

const DECOMPRESSORS = [
  'gunzip',
  'bunzip2',
  'unxz',
  'gzip',
  'bzip2',
  'xz',
  'zstd',
  'unzstd',
] as const;

/** Commands that fill folders with files whose names the script does not show. */
export const UNPACKERS: ReadonlySet<string> = new Set(['tar', 'unzip', ...DECOMPRESSORS]);

type Files = (args: readonly (string | null)[]) => CommandFiles;

const COMMANDS: ReadonlyMap<string, Files> = new Map<string, Files>([
  ...['mkdir', 'touch', 'tee', 'mkfifo', 'virtualenv'].map((name): [string, Files] => [
    name,
    (args) => ({ ...NONE, fills: plainPlaces(args) }),
  ]),
  ...['cp', 'mv', 'rsync', 'install'].map((name): [string, Files] => [name, copied]),
  // `git clone` creates a folder whose name follows from the URL.
  ['git', (args) => ({ ...NONE, fills: [...plainPlaces(args), -1] })],
  ['ln', (args) => ({ ...NONE, makes: plainPlaces(args).slice(-1) })],
  ['chmod', (args) => ({ ...NONE, reads: plainPlaces(args).slice(1) })],
  ['chown', (args) => ({ ...NONE, reads: plainPlaces(args).slice(1) })],
  ['tar', archive],
  ['unzip', unzipped],
  ...DECOMPRESSORS.map((name): [string, Files] => [
    name,
    // Without a file argument it reads stdin and writes stdout: redirections name the files.
    (args) => {
      const reads = plainPlaces(args);
      return { reads, makes: [], fills: reads.length > 0 ? [-1] : [] };
    },
  ]),
  ...['curl', 'wget'].map((name): [string, Files] => [name, downloaded]),
  ...['make', 'cmake', 'go', 'cargo', 'gcc', 'cc', 'g++', 'npm', 'ninja'].map(
    (name): [string, Files] => [name, () => ({ ...NONE, fills: [-1] })],
  ),
]);

/** Indexes of the arguments that are known and not options. */
function plainPlaces(args: readonly (string | null)[]): number[] {
  return args.flatMap((arg, place) => (arg === null || arg.startsWith('-') ? [] : [place]));
}

/** Indexes of the values after such options. */
function valuesOf(args: readonly (string | null)[], option: RegExp): number[] {
  return args.flatMap((arg, place) => (arg !== null && option.test(arg) ? [place + 1] : []));
}

function firstPlain(args: readonly (string | null)[]): CommandFiles {
  const [first] = args;
  if (first === '-c' || first === undefined) return NONE;
  const place = args.findIndex((arg) => arg === null || !arg.startsWith('-'));
  return place < 0 ? NONE : { reads: [place], makes: [], fills: [-1] };
}

function pythonFiles(args: readonly (string | null)[]): CommandFiles {
  const module = args.indexOf('-m');
  if (module < 0) return firstPlain(args);
  const name = args[module + 1] ?? '';
  if (PIP.test(name)) return pipFiles(args, module + 2);
  const isVenv = name === 'venv' || name === 'virtualenv';
  const rest = plainPlaces(args).filter((place) => place > module + 1);
  return isVenv ? { ...NONE, fills: rest } : NONE;
}

function pipFiles(args: readonly (string | null)[], from: number): CommandFiles {
  const joined = args.flatMap((arg, place) => (PIP_JOINED.test(arg ?? '') ? [place] : []));
  const outputs = valuesOf(args, PIP_OUTPUT);
  const files = plainPlaces(args).filter(
    (place) => place >= from && !outputs.includes(place) && PIP_FILE.test(args[place] ?? ''),
  );
  const inputs = valuesOf(args, PIP_INPUT);
  return { reads: [...new Set([...inputs, ...joined, ...files])], makes: [], fills: outputs };
}

function copied(args: readonly (string | null)[]): CommandFiles {
  const [into] = valuesOf(args, /^(?:-t|--target-directory)$/);
  const plain = plainPlaces(args).filter((place) => place !== into);
  // An unknown argument may be the target as well as any other.
  if (args.at(-1) === null) return { reads: plain, makes: [], fills: [] };
  const target = into ?? plain.at(-1);
  const isFolder = args.some((arg) => arg === '-d');
  const reads = isFolder ? [] : plain.filter((place) => place !== target);
  return { reads, makes: [], fills: target === undefined ? [] : [target] };
}

function archive(args: readonly (string | null)[]): CommandFiles {
  const [folder] = valuesOf(args, /^(?:-C|--directory)$/);
  const [first = ''] = args;
  const isExtracting =
    args.some((arg) => arg === '--extract' || /^-[a-zA-Z]*x/.test(arg ?? '')) ||
    /^[a-zA-Z]*x/.test(first ?? '');
  const named = args.findIndex(
    (arg, place) => /^-?[a-zA-Z]*f$/.test(arg ?? '') && (place === 0 || /^-/.test(arg ?? '')),
  );
  const joined = args.findIndex((arg) => /^--file=/.test(arg ?? ''));
  const file = joined >= 0 ? joined : named + 1;
  if (!isExtracting) return { ...NONE, makes: [file] };
  return { reads: [file], makes: [], fills: [folder ?? -1] };
}

function unzipped(args: readonly (string | null)[]): CommandFiles {
  const [folder] = valuesOf(args, /^-d$/);
  const [file] = plainPlaces(args);
  return { reads: file === undefined ? [] : [file], makes: [], fills: [folder ?? -1] };
}

function downloaded(args: readonly (string | null)[]): CommandFiles {
  const outputs = valuesOf(
    args,
    /^(?:-[a-zA-Z]*[oOP]|--output|--output-document|--directory-prefix|--output-dir)$/,
  );
  const isNamed = args.some((arg) => /^-[a-zA-Z]*o$|^--output(?:-document)?$/.test(arg ?? ''));
  return { ...NONE, fills: isNamed ? outputs : [...outputs, -1] };
}

/** `+x`, `u+rx,g=r`, `a=rwx`; octal modes with execute permission for the owner. */
const EXECUTABLE = /^(?:[ugoa]*[+=][rwst]*[xX]|0?[1357][0-7]{2}$)/;

/**
 * Whether install.sh makes a file of the plugin executable, as far as its text shows: a `chmod` of the file or of a
 * folder above it, of a pattern, or of a value known only at run time.
 */
export function makesExecutable(text: string, path: string): boolean {
  // Most scripts have no chmod, and this check is faster than tokenizing.
  return text.includes('chmod') && shellCommands(text).some((command) => isMeant(command, path));
}

function isMeant({ words: [name, ...args] }: ShellCommand, path: string): boolean {
  if (name?.text !== 'chmod') return false;
  const plain = args.filter((word) => !/^-[A-Za-z-]/.test(word.text));
  const [mode, ...files] = plain;
  if (mode === undefined || !mode.text.split(',').some((part) => EXECUTABLE.test(part)))
    return false;
  const isDeep = plain.length < args.length;
  return files.some((word) => mayBe(word.text, path, isDeep));
}

function mayBe(word: string, path: string, isDeep: boolean): boolean {
  const value = wordValue(word, firstScope());
  if (value === null || value.isPattern) return true;
  const named = cleanPath(value.text.replace(`${HOME}/`, '').replace(HOME, '.')).replace(/\/$/, '');
  return named === path || (isDeep && (named === '.' || path.startsWith(`${named}/`)));
}
