/** PEM files for HTTPS, absolute paths; null where the system's are used. */
export interface TlsFiles {
  /** Trusted besides the system's own. */
  readonly caFile: string | null;
  /** The client's certificate, for hosts that ask for one. */
  readonly certFile: string | null;
  readonly certKeyFile: string | null;
}

export const SYSTEM_TLS: TlsFiles = { caFile: null, certFile: null, certKeyFile: null };
