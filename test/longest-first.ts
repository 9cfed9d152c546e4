import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each takes a minute or more: started last, one of them would run alone at the end. */
const LONGEST = [
  'faults/network-update',
  'faults/network-first',
  'e2e/conformance',
  'faults/network-dies',
  'faults/signals',
  'faults/restart',
  'faults/many-hosts',
  'faults/rollback',
  'faults/two-at-once',
  'faults/host',
  'faults/versions',
].map((name) => `/test/${name}.test.ts`);

/** Starts the longest files of a group of projects first, whether they ran here before or not. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function placeOf({ moduleId }: TestSpecification): number {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return at < 0 ? LONGEST.length : at;
}
