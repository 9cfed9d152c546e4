/**
 * The texts of `kplugin explain` for a code, in addition to the message at run time: whole sentences that are true
 * for every use of the code.
 */
export interface ErrorEntry {
  /** What happened. */
  readonly what: string;
  /** Why: the effect in eKuiper, on this machine or in kplugin. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** Commands to copy, one per line; `<…>` is a placeholder. */
  readonly commands: readonly string[];
}

export type ErrorEntries = Readonly<Record<string, ErrorEntry>>;
