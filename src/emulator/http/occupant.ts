import { parseForeignJson } from '../../model/json/bounded.ts';

/**
 * A header in every response of `kplugin serve` with the value `serve/<process id>`, so that a second one can identify
 * it.
 */
export const MARK = 'X-Kplugin';

const TIMEOUT_MS = 1500;

export interface Occupant {
  /** `an eKuiper 2.4.0`, for the beginning of a sentence. */
  readonly who: string;
  /** How to stop it. */
  readonly stop: string;
}

const OTHER: Occupant = { who: 'another program', stop: 'stop it' };

/** Identifies the program that uses a port, by a request to it. Never throws. */
export async function occupantOf(url: string): Promise<Occupant> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const mark = /^serve\/(\d+)$/.exec(response.headers.get(MARK) ?? '')?.[1];
    const text = (await response.text()).slice(0, 10_000);
    if (mark !== undefined) {
      return {
        who: `another "kplugin serve" (process ${mark})`,
        stop: 'end it with Ctrl-C in its terminal',
      };
    }
    const version = ekuiperVersion(text);
    if (version === null) return OTHER;
    return { who: `an eKuiper (${version})`, stop: 'stop that eKuiper' };
  } catch {
    return OTHER;
  }
}

/** eKuiper reports its version, system and uptime on `/` (protocol of `GET /`). */
function ekuiperVersion(text: string): string | null {
  try {
    const about: unknown = parseForeignJson(text);
    if (typeof about !== 'object' || about === null || !('upTimeSeconds' in about)) return null;
    return 'version' in about && typeof about.version === 'string' ? about.version : null;
  } catch {
    return null;
  }
}
