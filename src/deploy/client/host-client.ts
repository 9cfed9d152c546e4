import type { HostAddress } from '../address.ts';
import type { HostInfo, InstalledPlugin, PluginStatus, Registration } from './answers.ts';
import type { UploadFile } from './multipart.ts';

/** eKuiper's plugin and upload API, typed. Every method throws HostFailure (exit 3). */
export interface HostClient {
  readonly address: HostAddress;
  /** `GET /`; fails when what answers is not eKuiper. Remembered: later calls ask nothing. */
  info(): Promise<HostInfo>;
  /** Sorted by name. */
  plugins(): Promise<readonly InstalledPlugin[]>;
  /** Null when the host has no such plugin: the only sure sign that it is gone (real-servers.md N4). */
  plugin(name: string): Promise<InstalledPlugin | null>;
  /** Null where the host knows nothing of it, also before 2.0. Waits while any plugin starts. */
  status(name: string): Promise<PluginStatus | null>;
  /** What was posted for each plugin, by name; empty before 1.8. */
  registrations(): Promise<ReadonlyMap<string, Registration>>;
  /** The groups of a source's configuration as the host uses them; null where it does not tell. */
  sourceConfig(source: string): Promise<ReadonlyMap<string, unknown> | null>;
  /** Absolute paths on the host. */
  uploads(): Promise<readonly string[]>;
  /** Resolves to the absolute path on the host. */
  upload(file: UploadFile, onSent: (bytes: number) => void): Promise<string>;
  /** `POST`: installs; on 2.x it waits for the plugin's handshake. `limit`: milliseconds for the answer. */
  create(registration: Registration, limit: number): Promise<void>;
  /** `PUT`: deletes, then installs; after a failure there is none (real-servers.md N19). */
  update(registration: Registration, limit: number): Promise<void>;
  /** False when there was no such plugin. */
  remove(name: string): Promise<boolean>;
  close(): Promise<void>;
}
