import { parseForeignJson } from '../../model/json/bounded.ts';

/** In every answer of `kplugin serve`: `serve/<process id>`, so that a second one can name the first. */
export const MARK = 'X-Kplugin';

const TIMEOUT_MS = 1500;

export interface Occupant {
  /** `an eKuiper 2.4.0`, for the beginning of a sentence. */
  readonly who: string;
  /** What gets it out of the way. */
  readonly stop: string;
}

const OTHER: Occupant = { who: 'another program', stop: 'stop it' };

/** Who answers on a port that is taken, as far as it can be told by asking. Never throws. */
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

/** eKuiper says its version, its system and how long it runs on `/` (protocol of `GET /`). */
function ekuiperVersion(text: string): string | null {
  try {
    const about: unknown = parseForeignJson(text);
    if (typeof about !== 'object' || about === null || !('upTimeSeconds' in about)) return null;
    return 'version' in about && typeof about.version === 'string' ? about.version : null;
  } catch {
    return null;
  }
}
