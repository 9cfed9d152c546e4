import { createHash, hash } from 'node:crypto';
import { type Entry, type EntryKind, isHarmless, type ViewProblem } from '../../model/view.ts';
import { unpackedMode } from '../digest-view.ts';
import type { Content } from '../files/content.ts';
import { contentDigest, type DigestedEntry } from '../write/content-digest.ts';
import type { PluginSide } from './plugin-side.ts';
import { TEXT_LIMIT } from './text-patch.ts';

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

type Trouble = Pick<FileProblem, 'detail' | 'read'>;

/** The result of reading an entry. */
export interface Read {
  readonly state: FileState;
  /** Null when it is too large to be shown as text. */
  readonly bytes: Uint8Array | null;
}

const STREAMED_FROM = 8 * 1024 * 1024;

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
      if (size >= STREAMED_FROM) return { sha256: await streamed(content), bytes: null };
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

const TWO_WAYS = 'can be read in two ways, and is shown as eKuiper reads it';

const READ_ALL_THE_SAME: ReadonlySet<ViewProblem['kind']> = new Set([
  'ambiguous',
  'duplicate-entry',
]);

const isAmbiguous = ({ kind }: ViewProblem): boolean => kind === 'ambiguous';

interface Digested {
  readonly sha256: string;
  readonly bytes: Uint8Array | null;
}

const NOTHING = { sha256: null, bytes: null } as const;

async function streamed(content: Content): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of await content.stream()) digest.update(piece);
  return digest.digest('hex');
}
