import type { Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import type { InstallPlan } from './plan.ts';

/**
 * Registers a package: POST for a new plugin, PUT for one that is there (1.8+), DELETE and POST before.
 * `limit`: milliseconds for the answer. Source: field-notes.md §2a, §2f. Throws HostFailure; after a failed PUT the host has no such plugin.
 */
export async function register(
  client: HostClient,
  plan: InstallPlan,
  registration: Registration,
  limit: number,
): Promise<void> {
  if (plan.present === null) return client.create(registration, limit);
  if (plan.info.features.put) return client.update(registration, limit);
  await client.remove(plan.name);
  return client.create(registration, limit);
}
