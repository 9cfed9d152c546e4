/** What `kplugin explain` says of a code, beside the message of the moment: whole sentences that hold for every use of it. */
export interface ErrorEntry {
  /** What happened. */
  readonly what: string;
  /** Why: what eKuiper, this machine or kplugin does with it. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** Commands to copy, each on a line of its own; `<…>` is to be filled in. */
  readonly commands: readonly string[];
}

export type ErrorEntries = Readonly<Record<string, ErrorEntry>>;
