import { EXIT, KpluginError } from '../../model/error.ts';
import type { Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/host-failure.ts';
import type { Health } from '../plugins/health.ts';
import type { ApplyOptions } from './apply-options.ts';
import { attempt } from './attempt.ts';
import { nothingRegistered, notRunning } from './failed.ts';
import type { InstallPlan } from './plan.ts';
import { fileUrl } from './upload-name.ts';
import { waitUntilSettled } from './wait.ts';

export interface Applied {
  readonly health: Health;
  readonly registration: Registration | null;
  /** Whether an answer was lost and the outcome was found by asking. */
  readonly answerLost: boolean;
  /** How often it was registered; more than once only where an update killed it (real-servers.md N3). */
  readonly attempts: number;
}

/**
 * An update can kill the new process: on 2.0 every other time (real-servers.md N3); seen on 2.4.0 as well, after its
 * plugin had crashed under a rule. The next registration starts it; so often it is tried again.
 */
const RETRIES = 2;

/**
 * Uploads a package, registers it, waits until it runs. Throws HostFailure with the host's words, the cause and what
 * the host has now; exit 130 when interrupted while the host was at work.
 */
export async function applyInstall(
  client: HostClient,
  plan: InstallPlan,
  options: ApplyOptions,
): Promise<Applied> {
  if (plan.action === 'unchanged') {
    return { health: await presentHealth(client, plan, options), ...UNTOUCHED };
  }
  const path = await uploaded(client, options);
  const { name, shellParas } = plan;
  const registration = { name, file: fileUrl(path), shellParas };
  try {
    return await registerAndWait(client, plan, registration, options);
  } catch (thrown) {
    throw isAbort(thrown) ? interrupted(thrown, client, plan) : thrown;
  }
}

const UNTOUCHED = { registration: null, answerLost: false, attempts: 0 } as const;

/** The plan has looked already; only a plugin that was starting then is waited for. */
async function presentHealth(
  client: HostClient,
  plan: InstallPlan,
  options: ApplyOptions,
): Promise<Health> {
  const seen = plan.present?.health;
  if (seen && isWell(seen)) return seen;
  const health = await waitUntilSettled(client, plan.info, plan.name, options);
  if (isWell(health)) return health;
  throw await notRunning(client, plan, health);
}

/** An upload that fails has changed no plugin; it may be repeated. */
async function uploaded(client: HostClient, { upload, watcher }: ApplyOptions): Promise<string> {
  watcher.uploading(upload.name, upload.size);
  try {
    return await client.upload(upload, (sent) => watcher.uploaded(sent));
  } catch (thrown) {
    throw thrown instanceof HostFailure ? nothingRegistered(thrown) : thrown;
  } finally {
    watcher.settled();
  }
}

async function registerAndWait(
  client: HostClient,
  plan: InstallPlan,
  registration: Registration,
  options: ApplyOptions,
): Promise<Applied> {
  let answerLost = false;
  for (let attempts = 1; ; attempts += 1) {
    const again = attempts > 1 ? ' once more (the update killed its process)' : '';
    options.watcher.waiting(`${waitsFor(plan, options)}${again}`, options.limit);
    try {
      const answered = await attempt(client, plan, registration, options, attempts > 1);
      answerLost ||= !answered;
      const health = await waitUntilSettled(client, plan.info, plan.name, options);
      if (isWell(health)) return { health, registration, answerLost, attempts };
      if (!isKilledByUpdate(plan, health) || attempts > RETRIES) {
        throw await notRunning(client, plan, health);
      }
    } finally {
      options.watcher.settled();
    }
  }
}

function waitsFor(plan: InstallPlan, { hasScript }: ApplyOptions): string {
  if (hasScript) return `for install.sh and the first sign of life of ${plan.name}`;
  return plan.info.features.status
    ? `for the first sign of life of ${plan.name}`
    : `for eKuiper to unpack ${plan.name}`;
}

function isWell(health: Health): boolean {
  return health.state === 'running' || health.state === 'untold';
}

function isKilledByUpdate(plan: InstallPlan, health: Health): boolean {
  return plan.present !== null && /signal: killed/.test(health.error);
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function interrupted(cause: unknown, client: HostClient, { name }: InstallPlan): KpluginError {
  const host = client.address.label;
  return new KpluginError({
    code: 'interrupted',
    exit: EXIT.interrupted,
    message: `interrupted while ${host} was installing ${name}`,
    reason: 'eKuiper cannot be stopped in that; it goes on by itself',
    hint: `see how it ended: kplugin status ${name} --host ${host}`,
    cause,
  });
}
