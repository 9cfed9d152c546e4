import { openAsBlob } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { kplugin } from '../../bin/run.ts';
import { cleanUp } from '../cleanup.ts';
import type { Ask } from '../host/ask.ts';
import { Traffic } from '../host/traffic.ts';
import { type Language, type PluginSpec, symbolsOf, writeProject } from './project.ts';

export interface Probe {
  readonly ask: Ask;
  readonly prefix: string;
  readonly folder: string;
  /** Null: whichever runs, TypeScript first. */
  readonly wanted: Language | null;
}

/**
 * The language of plugins that the host can run, found by installing a small one in each, without kplugin.
 * Throws with the host's words when it can run none.
 */
export async function chooseLanguage({ wanted, ...probe }: Probe): Promise<Language> {
  const refusals: string[] = [];
  for (const language of wanted === null ? (['typescript', 'python'] as const) : [wanted]) {
    const refusal = await cannotRun(language, probe);
    if (refusal === null) return language;
    refusals.push(`${language}: ${refusal}`);
  }
  throw new Error(`the host can run no plugin of ours\n${refusals.join('\n')}`);
}

async function cannotRun(language: Language, { ask, prefix, folder }: Omit<Probe, 'wanted'>) {
  const name = `${prefix}_${language}`;
  const spec: PluginSpec = { name, version: '0.0.1', language, manner: 'lives' };
  const project = path.join(folder, name);
  await mkdir(project, { recursive: true });
  await writeProject(project, spec);
  const zip = `${project}.zip`;
  const packed = await kplugin(['pack', project, '-o', zip]);
  if (packed.code !== 0) return `kplugin pack: ${packed.stderr}`;
  const uploaded = await ask.upload(await openAsBlob(zip), path.basename(zip));
  if (uploaded.status !== 201) return `upload: ${uploaded.status} ${uploaded.text}`;
  const file = `file://${uploaded.text.trim()}`;
  const created = await ask.post('/plugins/portables', { name, file });
  if (created.status !== 201) return `${created.status} ${created.text.trim()}`;
  const answered = await unanswered(new Traffic(ask, name, symbolsOf(spec), []), spec.version);
  await cleanUp(ask, name);
  return answered;
}

/** Where there are rules its function is asked: before 2.0 nothing else starts a plugin. */
async function unanswered(traffic: Traffic, version: string): Promise<string | null> {
  if (!(await traffic.prepare())) return null;
  const answer = await traffic.answerOfFunction();
  return answer === version ? null : answer;
}
