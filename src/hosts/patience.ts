import type { Talk } from '../cli/context.ts';
import type { HostClient } from '../client/host-client.ts';

const SILENT_MS = 2000;

/**
 * The same client, which says for what it waits once a question takes more than two seconds; it says so once. Nothing
 * is said where `wasTurnedAway`: a connection that is refused, or a proxy that answers for the host, is no host that is
 * silent, and why a request is sent again is said by the retries.
 */
export function patientClient(
  client: HostClient,
  talk: Talk,
  wasTurnedAway: () => boolean,
): HostClient {
  let said = false;
  const patiently = async <T>(work: Promise<T>): Promise<T> => {
    const notice = setTimeout(() => {
      if (said || wasTurnedAway()) return;
      talk.say(noticeOf(client.address.label));
      said = true;
    }, SILENT_MS);
    try {
      return await work;
    } finally {
      clearTimeout(notice);
    }
  };
  return {
    ...client,
    info: () => patiently(client.info()),
    plugins: () => patiently(client.plugins()),
    plugin: (name) => patiently(client.plugin(name)),
    status: (name) => patiently(client.status(name)),
    registrations: () => patiently(client.registrations()),
    exported: () => patiently(client.exported()),
    ruleStates: () => patiently(client.ruleStates()),
    ruleStatus: (id) => patiently(client.ruleStatus(id)),
  };
}

function noticeOf(host: string): string {
  return `${host} has not answered yet; while a plugin starts, eKuiper says nothing about any`;
}
