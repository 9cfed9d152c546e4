import type { HostInfo, InstalledPlugin, PluginStatus, Registration } from './answers.ts';
import type { UploadFile } from './api-calls.ts';
import type { Credentials } from './auth/credentials.ts';
import type { OwnHeaders } from './auth/own-headers.ts';
import type { HostExport } from './exported.ts';
import type { HostAddress } from './http/address.ts';
import type { HostProxy } from './http/host-proxy.ts';
import type { TlsFiles } from './http/tls.ts';
import type { RuleState, RuleStatus } from './rule-status.ts';

/** eKuiper's opinion of a rule. */
export interface RuleCheck {
  readonly isValid: boolean;
  /** Its error text; empty for a valid rule. */
  readonly words: string;
}

/** Typed client of eKuiper's REST API for plugins, uploads and rules. Every method throws HostFailure (exit 3). */
export interface HostClient {
  readonly address: HostAddress;
  /** `GET /`; throws when the response is not eKuiper's. Cached: later calls send no request. */
  info(): Promise<HostInfo>;
  /** The `Date` of the host's last response (milliseconds since 1970); null before the first. */
  hostTime(): number | null;
  /** Sorted by name. Entries that are not plugins are skipped and passed to `onInvalid`; see parsePlugins. */
  plugins(onInvalid?: (why: string) => void): Promise<readonly InstalledPlugin[]>;
  /** Null when the host has no such plugin: the only reliable sign that it is removed (docs/ekuiper.md#status). */
  plugin(name: string): Promise<InstalledPlugin | null>;
  /** Null when the host does not know the plugin, and before 2.0. Blocks while any plugin starts. */
  status(name: string): Promise<PluginStatus | null>;
  /** The install request of each plugin, by name; empty before 1.8. */
  registrations(): Promise<ReadonlyMap<string, Registration>>;
  /** Registrations, rules, streams and small files, in one request; everything is empty before 1.8. */
  exported(): Promise<HostExport>;
  /** Every rule with its state, sorted by id. */
  ruleStates(): Promise<readonly RuleState[]>;
  /**
   * `POST /rules/validate`: checks a rule and does not create it, which asks the functions that it calls. Null where
   * this eKuiper has no such request. `limit`: timeout in milliseconds.
   */
  checkRule(rule: object, limit: number): Promise<RuleCheck | null>;
  /** Null when the host has no such rule. */
  ruleStatus(id: string): Promise<RuleStatus | null>;
  /** The configuration groups of a source as the host uses them; null where the host does not return them. */
  sourceConfig(source: string): Promise<ReadonlyMap<string, unknown> | null>;
  /** Absolute paths on the host. */
  uploads(): Promise<readonly string[]>;
  /** Resolves to the absolute path on the host. */
  upload(file: UploadFile, onSent: (bytes: number) => void): Promise<string>;
  /** `POST`: installs; on 2.x it waits for the plugin's handshake. `limit`: timeout in milliseconds. */
  create(registration: Registration, limit: number): Promise<void>;
  /** `PUT`: deletes, then installs; after a failure the plugin is gone (docs/ekuiper.md#failed-update). */
  update(registration: Registration, limit: number): Promise<void>;
  /** Uploads a small text file; {@link exported} returns it from 1.11 on. */
  uploadText(name: string, content: string): Promise<void>;
  /** False when there was no upload of that name. */
  removeUpload(name: string): Promise<boolean>;
  /**
   * Merges settings into a source's group; keys that are not given stay (docs/ekuiper.md#source-yaml-after-an-update).
   * 2.x.
   */
  putSourceGroup(source: string, group: string, settings: object): Promise<void>;
  /**
   * Also starts a stopped rule. `limit`: timeout in milliseconds; the response may never come
   * (docs/ekuiper.md#dead-plugins).
   */
  restartRule(id: string, limit?: number): Promise<void>;
  /** False when there was no such plugin. */
  remove(name: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The settings for requests to one host. */
export interface HostConnection {
  /** The name given in `kplugin host add`; null for an address given on the command line. */
  readonly name: string | null;
  /** Its label is the host's name where there is one, so that suggested commands find the same host. */
  readonly address: HostAddress;
  /** The host's name in output; the same as `address.label`. */
  readonly label: string;
  readonly credentials: Credentials;
  readonly headers: OwnHeaders;
  readonly tls: TlsFiles;
  /** Null for a direct connection. */
  readonly proxy: HostProxy | null;
}
