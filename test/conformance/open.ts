import { randomBytes } from 'node:crypto';
import { Serving } from '../e2e/serve/serving.ts';
import { Ask } from './host/ask.ts';
import { versionOf } from './host/state.ts';
import { Traffic } from './host/traffic.ts';
import { mannersOf } from './manners.ts';
import { chooseLanguage } from './plugin/choose.ts';
import { symbolsOf } from './plugin/project.ts';
import { reachOf, type Settings } from './settings.ts';
import { LIVING } from './versions.ts';
import { World } from './world.ts';

/** Everything that has to be let go again. */
export interface Opened {
  readonly ask: Ask;
  readonly prefix: string;
  readonly host: string;
  readonly embedded: Serving | null;
}

/** Finds or starts the host. */
export async function openHost(settings: Settings): Promise<Opened> {
  const embedded = settings.host === null ? await Serving.start('--init-timeout', '5s') : null;
  const host = settings.host ?? embedded?.url ?? '';
  const prefix = `kpc${randomBytes(3).toString('hex')}`;
  return { ask: new Ask(await reachOf(host, settings)), prefix, host, embedded };
}

/** What was met there. */
export interface Met {
  readonly world: World;
  readonly version: string;
}

/** Asks the host what it is, and tries which language of plugins it can run. Throws when it can run none. */
export async function meet(opened: Opened, settings: Settings, folder: string): Promise<Met> {
  const { ask, prefix, host, embedded } = opened;
  const version = await versionOf(ask);
  const manners = mannersOf(version);
  const language = await chooseLanguage({ ask, prefix, folder, wanted: settings.language });
  const symbols = symbolsOf({ name: prefix, version: '', language, manner: 'lives' });
  const traffic = new Traffic(ask, prefix, symbols, LIVING);
  const rules = await traffic.prepare();
  const parts = { host, env: settings.kplugin, folder, ask, name: prefix, language, manners };
  const world = new World({ ...parts, traffic: rules ? traffic : null, embedded });
  return { world, version };
}
