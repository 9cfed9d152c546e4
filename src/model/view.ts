/** The kind of an entry. `other`: socket, FIFO, device. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other';

/** An entry of a plugin, as a directory would be packed or as a zip contains it. */
export interface Entry {
  /** POSIX path relative to the plugin's root, without a trailing slash; never outside of it (see ViewProblem). */
  readonly path: string;
  /** The name exactly as written in the zip (`./x.json`, `a/`, `a\b`); equals `path` in a directory. */
  readonly rawName: string;
  readonly kind: EntryKind;
  /** Uncompressed size in bytes. */
  readonly size: number;
  /** Permission bits with setuid, setgid and sticky (0o7777); null when the zip has no Unix mode. */
  readonly mode: number | null;
}

/** A problem of the container itself, found when it is opened; a lint rule reports it as a finding. */
export interface ViewProblem {
  readonly kind:
    | 'not-a-zip'
    | 'truncated'
    /** Go rejects the central directory. */
    | 'bad-directory'
    /** Other programs read other entries or contents than Go. */
    | 'ambiguous'
    | 'overlap'
    /** Unusual, but Go reads it as intended. */
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
  /** The raw name of the entry; null for the whole container. */
  readonly entry: string | null;
  readonly detail: string;
  /** eKuiper's error message, when it rejects the package for this. */
  readonly answer?: string;
  /** For `foreign-name`: the likely encodings as values of `--name-encoding`, best first; one when it is sure. */
  readonly encodings?: readonly string[];
}

const HARMLESS: ReadonlySet<ViewProblem['kind']> = new Set([
  'case-conflict',
  'untidy',
  'foreign-name',
]);

/** Whether all entries are read and unpacked as intended in spite of this problem. */
export function isHarmless({ kind }: ViewProblem): boolean {
  return HARMLESS.has(kind);
}

/**
 * Whether `pack --from` can write a package from a zip: `named` only with `--name-encoding`, `untried` when the zip
 * is too large to try just for a hint.
 */
export type Repacking = 'possible' | 'named' | 'impossible' | 'untried';

/** Why a file of a project is not in its package. */
export interface LeftOut {
  /** For display: `.kpluginignore:3 "*.log"`. */
  readonly rule: string;
  /** How to include it: an imperative sentence. */
  readonly fix: string;
  /** Excluded because of its content, not its name or a line of the project. */
  readonly isSecret: boolean;
}

/** The zip that a package is planned from, with its own names and order. */
export interface ZipOrigin {
  readonly entries: readonly Entry[];
  /** The entries that the package takes over. */
  readonly kept: readonly Entry[];
  /** The removed top-level folders, with a slash at the end; '' for none. */
  readonly wrapping: string;
}

/**
 * A plugin, read-only, in a directory or a zip: lint rules and `inspect` handle both alike. For a directory the
 * entries are those that `pack` would write, with the modes that it would set.
 */
export interface PluginView {
  readonly form: 'directory' | 'zip';
  /** For display: the directory or file name as the user gave it. */
  readonly label: string;
  /** Read from stdin: there is no file that a command could name. */
  readonly isPiped?: true;
  /** In the container's order (which matters to eKuiper 2.4); sorted by bytes for a directory. */
  readonly entries: readonly Entry[];
  readonly problems: readonly ViewProblem[];
  /** Set when the entries were planned from an incorrect zip. */
  readonly from?: ZipOrigin;
  /**
   * Files of a project that its package omits, by path; an ignored directory's path ends with a slash. Empty for a
   * zip.
   */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
  /**
   * Likely passwords in files that are packed all the same and that no line of the project names, by path: `it holds
   * a password in clear text in line 3`. Omitted for a zip, which the rule secret-packed searches.
   */
  readonly guesses?: ReadonlyMap<string, string>;
  /**
   * Reads at most `limit` bytes of a file (default: 8 MiB, enough for every rule). Resolves to null when there is no
   * such file.
   */
  read(path: string, limit?: number): Promise<Uint8Array | null>;
  /**
   * Reads a file of the project that need not be part of the package, such as `go.mod` or `main.go`; always null for
   * a zip.
   */
  readProject(path: string, limit?: number): Promise<Uint8Array | null>;
  /** Reads every entry that was not read completely yet; adds damaged ones to the problems. */
  verify?(): Promise<void>;
  /** For a zip: the result of `pack --from`, without writing anything. Computed once. */
  repacking?(): Promise<Repacking>;
  close(): Promise<void>;
}
