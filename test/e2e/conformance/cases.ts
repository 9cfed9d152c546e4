import { readFileSync } from 'node:fs';
import path from 'node:path';
import { releaseOf, type Target } from '../../../src/model/target.ts';
import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';

/** One step of a case; which keys it has says what it does (the README beside the cases). */
export interface Step {
  readonly upload?: string;
  readonly tmpzip?: string;
  readonly serve?: string;
  readonly zip?: readonly ZipEntrySpec[];
  readonly rawtext?: string;
  readonly req?: readonly [method: string, path: string, body: unknown];
  readonly rm?: string;
  readonly cat?: string;
  readonly wait?: number;
  readonly clearlog?: true;
  readonly log?: true;
  readonly tree?: true;
  readonly restart?: true;
}

/** What a server of one version answered to one step. */
export interface Recorded {
  readonly status?: number;
  readonly type?: string | null;
  readonly body?: string;
  readonly log?: readonly string[];
  readonly tree?: readonly string[];
  readonly cat?: string;
}

export interface RecordedStep {
  readonly step: Step;
  /** Null where nothing is recorded. */
  readonly recorded: Recorded | null;
}

/** A case with what one version did. */
export interface RecordedCase {
  readonly name: string;
  readonly steps: readonly RecordedStep[];
}

const RECORDED_KEYS = ['upload', 'req', 'log', 'tree', 'cat', 'restart'] as const;

/** Every case with what the target's server answered. */
export function recordedCases(folder: string, target: Target): RecordedCase[] {
  const cases: Record<string, Step[]> = readJson(folder, 'cases.json');
  const answers: Record<string, Recorded[]> = readJson(
    folder,
    `recorded-${releaseOf(target)}.json`,
  );
  return Object.entries(cases).map(([name, steps]) => ({
    name,
    steps: pair(name, steps, answers[name] ?? []),
  }));
}

/** Steps that only prepare something have no answer. */
function pair(name: string, steps: readonly Step[], answers: readonly Recorded[]): RecordedStep[] {
  const left = [...answers];
  const pairs = steps.map((step) => {
    const isRecorded = RECORDED_KEYS.some((key) => step[key] !== undefined);
    return { step, recorded: isRecorded ? (left.shift() ?? null) : null };
  });
  if (left.length > 0) throw new Error(`${name}: ${left.length} answers belong to no step`);
  return pairs;
}

function readJson<T>(folder: string, file: string): T {
  // Written by the recorder in the shape that its README describes.
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T;
}
