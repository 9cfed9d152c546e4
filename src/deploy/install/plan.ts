import type { PluginSymbol } from '../../model/symbol.ts';
import type { HostInfo, InstalledPlugin, Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { type Health, healthOf } from '../plugins/health.ts';
import { type Collision, collisionsOf } from './collisions.ts';
import { uploadNameOf } from './upload-name.ts';

/** What a host has of the plugin before anything is done. */
export interface Present {
  readonly plugin: InstalledPlugin;
  /** Null where the host does not tell. */
  readonly registration: Registration | null;
  readonly health: Health;
}

/**
 * What an installation will do. `unchanged`: the same content is there and runs, nothing is sent.
 * `revive`: the same content is there and dead; registering it again starts it (real-servers.md N18).
 */
export type InstallAction = 'install' | 'update' | 'revive' | 'unchanged';

export interface InstallPlan {
  readonly info: HostInfo;
  readonly name: string;
  readonly action: InstallAction;
  readonly present: Present | null;
  readonly collisions: readonly Collision[];
  /** What is going to be on the host, by its content. */
  readonly uploadName: string;
  readonly shellParas: readonly string[];
}

export interface PlanRequest {
  readonly plugin: { readonly name: string; readonly symbols: readonly PluginSymbol[] };
  readonly uploadName: string;
  readonly shellParas: readonly string[];
  /** Register again even when the host runs just this content. */
  readonly reinstall: boolean;
}

/** Reads what a host has and says what an installation will do; changes nothing. Throws HostFailure. */
export async function planInstall(client: HostClient, wanted: PlanRequest): Promise<InstallPlan> {
  const info = await client.info();
  const { name } = wanted.plugin;
  const installed = await client.plugins();
  const present = await presentPlugin(client, info, installed, name);
  return {
    info,
    name,
    action: actionFor(present, wanted),
    present,
    collisions: collisionsOf(wanted.plugin, installed),
    uploadName: wanted.uploadName,
    shellParas: wanted.shellParas,
  };
}

async function presentPlugin(
  client: HostClient,
  info: HostInfo,
  installed: readonly InstalledPlugin[],
  name: string,
): Promise<Present | null> {
  const plugin = installed.find((other) => other.name === name);
  if (plugin === undefined) return null;
  const registrations = info.features.export ? await client.registrations() : new Map();
  const status = info.features.status ? await client.status(name) : null;
  return {
    plugin,
    registration: registrations.get(name) ?? null,
    health: healthOf(status, info),
  };
}

function actionFor(present: Present | null, wanted: PlanRequest): InstallAction {
  if (present === null) return 'install';
  const { registration, health } = present;
  if (wanted.reinstall || registration === null) return 'update';
  const same =
    uploadNameOf(registration.file) === wanted.uploadName &&
    JSON.stringify(registration.shellParas) === JSON.stringify(wanted.shellParas);
  if (!same) return 'update';
  return health.state === 'dead' || health.state === 'stopped' ? 'revive' : 'unchanged';
}
