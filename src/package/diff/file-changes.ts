import { hash } from 'node:crypto';
import { compareText } from '../../model/finding.ts';
import { type Entry, type EntryKind, isHarmless, type ViewProblem } from '../../model/view.ts';
import { type Content, contentDigest, type DigestedEntry } from '../files/content.ts';
import { STREAMED_FROM, streamedSha256, unpackedMode } from '../view-contents.ts';
import type { PluginSide } from './plugin-side.ts';
import { TEXT_LIMIT, type TextChange, type TextPatches } from './text-patch.ts';

export interface FileChange {
  readonly path: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly before: FileState | null;
  readonly after: FileState | null;
  /** The changes of the text; null when only its mode or name changed, or when the file was added or removed. */
  readonly text: TextChange | null;
}

/** The state of an entry on one side. */
export interface FileState {
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
  /** Null when the zip has no Unix mode. */
  readonly mode: number | null;
  /** Hex; null for a directory, and for a file that cannot be read. */
  readonly sha256: string | null;
  /** The name in the zip if it differs from the path: `./x.json`. */
  readonly rawName: string | null;
}

/** A file that could not be read correctly. */
export interface FileProblem {
  readonly side: 'before' | 'after';
  readonly entry: string | null;
  readonly detail: string;
  /** Whether it was read all the same; other programs may read something else. */
  readonly read: boolean;
}

interface FilesCompared {
  readonly changes: readonly FileChange[];
  /** SHA-256 of the whole content, hex; null when part of it cannot be read. */
  readonly digests: { readonly before: string | null; readonly after: string | null };
  readonly problems: readonly FileProblem[];
}

/** eKuiper runs this script at installation, so its text is shown also when it is added or removed. */
const INSTALL_SCRIPT = 'install.sh';

/**
 * Compares all entries by path. Reads each file once, one side after the other, and releases it, so that memory stays
 * constant; large files are streamed.
 */
export async function compareFiles(
  before: PluginSide,
  after: PluginSide,
  patches: TextPatches,
): Promise<FilesCompared> {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort(compareText);
  const readers = { before: new SideReader(before), after: new SideReader(after) };
  const changes: FileChange[] = [];
  for (const path of paths) {
    const [was, is] = [await readers.before.read(path), await readers.after.read(path)];
    const change = await changeOf(path, was, is, patches);
    if (change !== null) changes.push(change);
  }
  return {
    changes,
    digests: { before: readers.before.digest(), after: readers.after.digest() },
    problems: [...readers.before.problemsOf('before'), ...readers.after.problemsOf('after')],
  };
}

async function changeOf(
  path: string,
  was: Read | null,
  is: Read | null,
  patches: TextPatches,
): Promise<FileChange | null> {
  if (was !== null && is !== null && isSame(was.state, is.state)) return null;
  return {
    path,
    what: was === null ? 'added' : is === null ? 'removed' : 'changed',
    before: was?.state ?? null,
    after: is?.state ?? null,
    text: await textOf(path, was, is, patches),
  };
}

async function textOf(
  path: string,
  was: Read | null,
  is: Read | null,
  patches: TextPatches,
): Promise<TextChange | null> {
  const both = was !== null && is !== null;
  if (!both && path !== INSTALL_SCRIPT) return null;
  const sides = [was, is].filter((side) => side !== null);
  if (sides.some(({ state }) => state.sha256 === null)) return null;
  if (both && was.state.sha256 === is.state.sha256) return null;
  if (sides.some(({ bytes }) => bytes === null)) return { shown: false, why: 'large' };
  return patches.between(path, was?.bytes ?? null, is?.bytes ?? null);
}

/** A file that cannot be read never counts as equal. */
function isSame(a: FileState, b: FileState): boolean {
  return (
    a.kind === b.kind &&
    unpackedMode(a) === unpackedMode(b) &&
    a.rawName === b.rawName &&
    a.sha256 === b.sha256 &&
    (a.sha256 !== null || a.kind === 'directory')
  );
}

/** The result of reading an entry. */
interface Read {
  readonly state: FileState;
  /** Null when it is too large to be shown as text. */
  readonly bytes: Uint8Array | null;
}

interface Digested {
  readonly sha256: string;
  readonly bytes: Uint8Array | null;
}

type Trouble = Pick<FileProblem, 'detail' | 'read'>;

const NOTHING = { sha256: null, bytes: null } as const;

/** Reads the entries of one side in sequence, each once, and digests them. */
export class SideReader {
  /** By the raw name of the entry: the same damage may be found more than once. */
  readonly #problems: Map<string | null, Trouble>;
  readonly #side: PluginSide;
  readonly #digested: DigestedEntry[] = [];

  constructor(side: PluginSide) {
    this.#side = side;
    // An entry with only a naming problem still has known content.
    const serious = side.problems.filter(
      (problem) => !isHarmless(problem) && problem.kind !== 'backslash-name',
    );
    this.#problems = troublesOf(serious);
  }

  async read(path: string): Promise<Read | null> {
    const entry = this.#side.entries.get(path);
    if (entry === undefined) return null;
    const { kind, size, mode, rawName } = entry;
    const content = this.#side.content(entry);
    const { sha256, bytes } = content ? await this.#digest(content, entry) : NOTHING;
    const digestedKind = kind === 'directory' ? kind : 'file';
    this.#digested.push({ path, kind: digestedKind, mode: unpackedMode(entry), sha256 });
    const raw = rawName.replace(/\/$/, '') === path ? null : rawName;
    return { state: { kind, size, mode, sha256, rawName: raw }, bytes };
  }

  /** The content digest; null when part of the content could not be read. */
  digest(): string | null {
    return this.#problems.size > 0 ? null : contentDigest(this.#digested);
  }

  problemsOf(side: FileProblem['side']): FileProblem[] {
    return Array.from(this.#problems, ([entry, trouble]) => ({ side, entry, ...trouble }));
  }

  async #digest(content: Content, { size, rawName }: Entry): Promise<typeof NOTHING | Digested> {
    try {
      if (size >= STREAMED_FROM) return { sha256: await streamedSha256(content), bytes: null };
      const bytes = await content.bytes();
      const sha256 = hash('sha256', bytes);
      return { sha256, bytes: bytes.length > TEXT_LIMIT ? null : bytes };
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      this.#problems.set(rawName, { detail, read: false });
      return NOTHING;
    }
  }
}

const TWO_WAYS = 'can be read in two ways, and is shown as eKuiper reads it';

const READ_ALL_THE_SAME: ReadonlySet<ViewProblem['kind']> = new Set([
  'ambiguous',
  'duplicate-entry',
]);

/** Joins all problems of an entry, or of the zip itself, into one text. */
function troublesOf(problems: readonly ViewProblem[]): Map<string | null, Trouble> {
  const troubles = new Map<string | null, Trouble>();
  // Contradictions first: they make all other information about the zip uncertain.
  const ordered = [...problems].sort((a, b) => Number(isAmbiguous(b)) - Number(isAmbiguous(a)));
  for (const problem of ordered) {
    const { entry, detail } = problem;
    const before = troubles.get(entry);
    const start = isAmbiguous(problem) ? `${TWO_WAYS}: ${detail}` : detail;
    troubles.set(entry, {
      detail: before === undefined ? start : `${before.detail}; ${detail}`,
      read: READ_ALL_THE_SAME.has(problem.kind) && before?.read !== false,
    });
  }
  return troubles;
}

const isAmbiguous = ({ kind }: ViewProblem): boolean => kind === 'ambiguous';
