/** What an entry of a plugin is. `other`: socket, FIFO, device. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other';

/** One entry of a plugin, as a directory would be packed or as a zip holds it. */
export interface Entry {
  /** POSIX path relative to the plugin's root, without a trailing slash; never escapes (see ViewProblem). */
  readonly path: string;
  /** The name exactly as written in the zip (`./x.json`, `a/`, `a\b`); equals `path` in a directory. */
  readonly rawName: string;
  readonly kind: EntryKind;
  /** Uncompressed size in bytes. */
  readonly size: number;
  /** Permission bits with setuid, setgid and sticky (0o7777); null when the zip carries no Unix mode. */
  readonly mode: number | null;
}

/** Something wrong with the container itself, found while opening it; a lint rule turns it into a finding. */
export interface ViewProblem {
  readonly kind:
    | 'not-a-zip'
    | 'truncated'
    /** Go refuses the table of contents. */
    | 'bad-directory'
    /** Other programs read other entries or contents than Go. */
    | 'ambiguous'
    | 'overlap'
    /** Odd, but read by Go as it is meant. */
    | 'untidy'
    /** A name that is not UTF-8. */
    | 'foreign-name'
    | 'encrypted'
    | 'duplicate-entry'
    | 'path-escape'
    | 'backslash-name'
    | 'too-many-entries'
    | 'too-large'
    | 'suspicious-ratio'
    | 'unsupported-compression'
    | 'bad-name'
    | 'unreadable'
    | 'case-conflict'
    | 'symlink-outside';
  /** The raw entry name it concerns, or null for the whole container. */
  readonly entry: string | null;
  readonly detail: string;
  /** eKuiper's words, where it refuses the package for this. */
  readonly answer?: string;
  /** Of a `foreign-name`: what it may be in, as `--name-encoding` calls it, best first; one where that is sure. */
  readonly encodings?: readonly string[];
}

const HARMLESS: ReadonlySet<ViewProblem['kind']> = new Set([
  'case-conflict',
  'untidy',
  'foreign-name',
]);

/** Whether everything is read and unpacked as it is meant in spite of this problem. */
export function isHarmless({ kind }: ViewProblem): boolean {
  return HARMLESS.has(kind);
}

/**
 * Whether `pack --from` writes a package from a zip: `named` only when told what the names are in, `untried` where the
 * zip is too large to find out just for a hint.
 */
export type Repacking = 'possible' | 'named' | 'impossible' | 'untried';

/** Why a file of a project is not in its package. */
export interface LeftOut {
  /** For people: `.kpluginignore:3 "*.log"`. */
  readonly rule: string;
  /** What lets it in: an imperative sentence. */
  readonly fix: string;
  /** By what it holds, not by its name or a line of the project's. */
  readonly isSecret: boolean;
}

/** The zip that a package is planned from, with its own names and in its own order. */
export interface ZipOrigin {
  readonly entries: readonly Entry[];
  /** Those of them that the package takes over. */
  readonly kept: readonly Entry[];
  /** The folders that were peeled off, with a slash at the end; '' for none. */
  readonly wrapping: string;
}

/**
 * A plugin, read-only, whether it lies in a directory or in a zip: lint rules and `inspect` see no difference.
 * For a directory the entries are those that `pack` would write, with the modes it would give them.
 */
export interface PluginView {
  readonly form: 'directory' | 'zip';
  /** For people: the directory or file name as the user gave it. */
  readonly label: string;
  /** Came from stdin: there is no file that a command could name. */
  readonly isPiped?: true;
  /** In the container's order (zip order matters to eKuiper 2.4); a directory's are sorted by bytes. */
  readonly entries: readonly Entry[];
  readonly problems: readonly ViewProblem[];
  /** Where the entries were planned from a wrong zip; left out otherwise. */
  readonly from?: ZipOrigin;
  /** What a project has and its package will not, by path; an ignored folder's ends with a slash. Empty for a zip. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
  /**
   * What is likely a password in a file that is packed all the same, and that no line of the project names, by path:
   * `it holds a password in clear text in line 3`. Left out for a zip, which is searched by the rule secret-packed.
   */
  readonly guesses?: ReadonlyMap<string, string>;
  /**
   * Reads a file by its path, at most `limit` bytes of it (default: 8 MiB, plenty for anything a rule reads).
   * Resolves to null when there is no such file.
   */
  read(path: string, limit?: number): Promise<Uint8Array | null>;
  /**
   * Reads a file of the project that is not (necessarily) part of the package, such as `go.mod` or `main.go`;
   * always null for a zip.
   */
  readProject(path: string, limit?: number): Promise<Uint8Array | null>;
  /** Reads every entry that was not read whole yet; what is damaged joins the problems. */
  verify?(): Promise<void>;
  /** Of a zip: tries what `pack --from` would do, without writing. Found out once. */
  repacking?(): Promise<Repacking>;
  close(): Promise<void>;
}
