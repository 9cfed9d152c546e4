/** Told what an installation is doing, so that nobody waits without knowing for what. */
export interface InstallWatcher {
  /** `total` bytes are about to be uploaded under that name. */
  uploading(name: string, total: number): void;
  uploaded(bytes: number): void;
  /** From here on something takes its time; `limit` in milliseconds. */
  waiting(what: string, limit: number): void;
  /** The wait is over. */
  settled(): void;
  /** Something went wrong and is being restored: must be seen. */
  fixing?(what: string): void;
  /** For those who want to know everything. */
  detail?(what: string): void;
}
