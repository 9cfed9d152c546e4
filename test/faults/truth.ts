import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Serving } from '../e2e/serve/serving.ts';
import { functionOf } from './versions.ts';

/** What a host has of a plugin; asked of the host itself, past the proxy and kplugin. */
export interface Truth {
  /** The version that it lists, null for none. */
  readonly registered: string | null;
  /** `running` and so on; null where it does not tell. */
  readonly state: string | null;
  /** The version that the plugin's function answers with, null for none. */
  readonly answers: string | null;
  /** The upload it was registered from, null where none is kept in mind. */
  readonly upload: string | null;
  readonly uploads: readonly string[];
}

/** The version that runs: listed, said to run, and answering; null when any of it is not so. */
export function running({ registered, state, answers }: Truth): string | null {
  const runs = state === null || state === 'running';
  return runs && registered === answers ? registered : null;
}

/** Asks now. */
export async function truthOf(serving: Serving, name: string): Promise<Truth> {
  const [listed, status, exported, uploads] = await Promise.all([
    serving.get(`/plugins/portables/${name}`),
    serving.get(`/plugins/portables/${name}/status`),
    serving.get('/data/export'),
    readdir(path.join(serving.home, 'data', 'uploads')),
  ]);
  const registered = listed.status === 200 ? String(field(listed.body, 'version')) : null;
  const registration = field(exported.body, 'portablePlugins', name);
  return {
    registered,
    state: status.status === 200 ? String(field(status.body, 'status')) : null,
    answers: registered === null ? null : await answerOf(serving, name),
    upload:
      typeof registration === 'string' ? path.basename(String(field(registration, 'file'))) : null,
    uploads,
  };
}

/** Asks until a version runs, or for `ms` at most: whatever kplugin left the host to do may take it a moment. */
export async function settledTruth(serving: Serving, name: string, ms: number): Promise<Truth> {
  const end = performance.now() + ms;
  for (;;) {
    const truth = await truthOf(serving, name);
    if (running(truth) !== null || performance.now() > end) return truth;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function answerOf(serving: Serving, name: string): Promise<string | null> {
  const { status, body } = await serving.symbols(`/functions/${functionOf(name)}`, []);
  return status === 200 ? String(field(body, 'result')) : null;
}

function field(json: string, ...keys: readonly string[]): unknown {
  let value: unknown = JSON.parse(json);
  for (const key of keys) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined;
  }
  return value;
}
