import { readFile } from 'node:fs/promises';
import { type HostAddress, parseAddress } from '../../src/deploy/address.ts';
import type { Language } from './plugin/project.ts';

/** What the environment asks for. */
export interface Settings {
  /** Null: an embedded host of our own. */
  readonly host: string | null;
  /** Null: try one, then the other. */
  readonly language: Language | null;
  /** What kplugin gets besides: its own variables for credentials and certificates. */
  readonly kplugin: Readonly<Record<string, string>>;
}

const PASSED_ON = /^KPLUGIN_(TOKEN|KEY|ISSUER|CA|CERT|CLIENT|TLS|INSECURE|CONFIG|HOSTS)/;

/** Reads `KPLUGIN_E2E_HOST`, `KPLUGIN_E2E_LANGUAGE` and kplugin's own variables. Throws for a language nobody knows. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const kplugin = Object.entries(env).flatMap(([name, value]) =>
    PASSED_ON.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    host: env['KPLUGIN_E2E_HOST'] || null,
    language: languageOf(env['KPLUGIN_E2E_LANGUAGE'] || null),
    kplugin: Object.fromEntries(kplugin),
  };
}

function languageOf(text: string | null): Language | null {
  if (text === null || text === 'typescript' || text === 'python') return text;
  throw new Error(`KPLUGIN_E2E_LANGUAGE is typescript or python, not ${text}`);
}

/** How our own questions reach the host; credentials as kplugin reads them. */
export interface Reach {
  readonly address: HostAddress;
  readonly token: string | null;
  readonly ca: string | null;
}

export async function reachOf(host: string, settings: Settings): Promise<Reach> {
  const { KPLUGIN_TOKEN_FILE: tokenFile, KPLUGIN_CA_FILE: caFile } = settings.kplugin;
  return {
    address: parseAddress(host),
    token: tokenFile ? (await readFile(tokenFile, 'utf8')).trim() : null,
    ca: caFile ? await readFile(caFile, 'utf8') : null,
  };
}
