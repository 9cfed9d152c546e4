import type { HostInfo, InstalledPlugin, PluginStatus, Registration } from './answers.ts';
import type { HostExport } from './exported.ts';
import type { HostAddress } from './http/address.ts';
import type { UploadFile } from './multipart.ts';
import type { RuleState, RuleStatus } from './rule-status.ts';

/** eKuiper's plugin and upload API, typed. Every method throws HostFailure (exit 3). */
export interface HostClient {
  readonly address: HostAddress;
  /** `GET /`; fails when what answers is not eKuiper. Remembered: later calls ask nothing. */
  info(): Promise<HostInfo>;
  /** The host's clock in the last answer that had a Date (milliseconds since 1970), null before the first. */
  hostTime(): number | null;
  /** Sorted by name. `onOdd` gets what its list has beside plugins, which is left out; see parsePlugins. */
  plugins(onOdd?: (why: string) => void): Promise<readonly InstalledPlugin[]>;
  /** Null when the host has no such plugin: the only sure sign that it is gone (docs/ekuiper.md#status). */
  plugin(name: string): Promise<InstalledPlugin | null>;
  /** Null where the host knows nothing of it, also before 2.0. Waits while any plugin starts. */
  status(name: string): Promise<PluginStatus | null>;
  /** What was posted for each plugin, by name; empty before 1.8. */
  registrations(): Promise<ReadonlyMap<string, Registration>>;
  /** Registrations, rules, streams and small files, in one question; everything empty before 1.8. */
  exported(): Promise<HostExport>;
  /** Every rule with its state, sorted by id. */
  ruleStates(): Promise<readonly RuleState[]>;
  /** Null when the host has no such rule. */
  ruleStatus(id: string): Promise<RuleStatus | null>;
  /** The groups of a source's configuration as the host uses them; null where it does not tell. */
  sourceConfig(source: string): Promise<ReadonlyMap<string, unknown> | null>;
  /** Absolute paths on the host. */
  uploads(): Promise<readonly string[]>;
  /** Resolves to the absolute path on the host. */
  upload(file: UploadFile, onSent: (bytes: number) => void): Promise<string>;
  /** `POST`: installs; on 2.x it waits for the plugin's handshake. `limit`: milliseconds for the answer. */
  create(registration: Registration, limit: number): Promise<void>;
  /** `PUT`: deletes, then installs; after a failure there is none (docs/ekuiper.md#failed-update). */
  update(registration: Registration, limit: number): Promise<void>;
  /** A small text file among the uploads; comes back in {@link exported} from 1.11 on. */
  uploadText(name: string, content: string): Promise<void>;
  /** False when there was none of that name. */
  removeUpload(name: string): Promise<boolean>;
  /**
   * Lays settings over a source's group; keys that are gone stay (docs/ekuiper.md#source-yaml-after-an-update). 2.x.
   */
  putSourceGroup(source: string, group: string, settings: object): Promise<void>;
  /**
   * Starts a stopped rule, too. `limit`: milliseconds for the answer, which may never come
   * (docs/ekuiper.md#dead-plugins).
   */
  restartRule(id: string, limit?: number): Promise<void>;
  /** False when there was no such plugin. */
  remove(name: string): Promise<boolean>;
  close(): Promise<void>;
}
