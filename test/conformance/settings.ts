import { readFile } from 'node:fs/promises';
import { type HostAddress, parseAddress } from '../../src/client/http/address.ts';
import { tokenOf } from './host/token.ts';
import type { Language } from './plugin/project.ts';

/** What the environment asks for. */
export interface Settings {
  /** Null: an embedded host of our own. */
  readonly host: string | null;
  /** Null: try one, then the other. */
  readonly language: Language | null;
  /** Shows what was typed and printed in every step, not only where one failed. */
  readonly verbose: boolean;
  /** What kplugin gets besides: its own variables for credentials and certificates. */
  readonly kplugin: Readonly<Record<string, string>>;
}

const PASSED_ON = /^KPLUGIN_(TOKEN|KEY|ISSUER|CA|CERT|CLIENT|TLS|INSECURE|CONFIG|HOSTS)/;

/** Reads `KPLUGIN_E2E_HOST`, `KPLUGIN_E2E_LANGUAGE`, `KPLUGIN_E2E_VERBOSE` and kplugin's own variables. Throws for a language nobody knows. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const kplugin = Object.entries(env).flatMap(([name, value]) =>
    PASSED_ON.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    host: env['KPLUGIN_E2E_HOST'] || null,
    language: languageOf(env['KPLUGIN_E2E_LANGUAGE'] || null),
    verbose: Boolean(env['KPLUGIN_E2E_VERBOSE']),
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
  /** The value of `Authorization`, null where none is configured. */
  readonly token: string | null;
  readonly ca: string | null;
}

export async function reachOf(host: string, settings: Settings): Promise<Reach> {
  const { KPLUGIN_CA_FILE: caFile } = settings.kplugin;
  return {
    address: parseAddress(host),
    token: await tokenOf(settings.kplugin),
    ca: caFile ? await readFile(caFile, 'utf8') : null,
  };
}
