import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Target } from '../../src/model/target.ts';
import { kplugin } from '../bin/run.ts';
import { writeTree } from '../fixtures/tree.ts';
import type { Sample } from './sample.ts';

/** What kplugin says of a sample for one version: null where nothing is wrong, otherwise the first thing that is. */
export type Verdict = string | null;

/** Milliseconds; a plugin that never answers is waited for as eKuiper does. */
const TEST_LIMIT = 300_000;

/** What `kplugin validate` and `kplugin test` say of a sample, for each of the versions. */
export async function judge(
  sample: Sample,
  targets: readonly Target[],
  python: string,
): Promise<ReadonlyMap<Target, Verdict>> {
  const folder = await mkdtemp(path.join(tmpdir(), `${sample.id}-`));
  try {
    writeTree(folder, sample.files);
    const verdicts = new Map<Target, Verdict>();
    // One after the other: a plugin has the same sockets each time.
    for (const target of targets) verdicts.set(target, await judged(folder, target, python));
    return verdicts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function judged(cwd: string, target: Target, python: string): Promise<Verdict> {
  const validated = await kplugin(['validate', '--target', target, '--json'], { cwd });
  const error = firstError(validated.stdout);
  if (validated.code !== 0) return `validate: ${error ?? validated.stderr.trim()}`;
  const args = ['test', '--target', target, '--python', python, '--json'];
  const tested = await kplugin(args, { cwd, limit: TEST_LIMIT });
  if (tested.code === 0) return null;
  return `test: ${firstFailed(tested.stdout) ?? tested.stderr.trim()}`;
}

function firstError(stdout: string): string | undefined {
  const { data } = JSON.parse(stdout);
  const found = data?.findings?.find(({ severity }: { severity: string }) => severity === 'error');
  return found && `${found.rule ?? found.code}: ${found.message}`;
}

function firstFailed(stdout: string): string | undefined {
  const { data, error } = JSON.parse(stdout);
  const results: { outcome: string; name: string; message: string }[] =
    data?.targets?.[0]?.results ?? [];
  const failed = results.find(({ outcome }) => outcome === 'failed');
  return failed ? `${failed.name}: ${failed.message}` : error?.message;
}
