import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest of their groups, half a minute or more: started last, one of them would run alone at the end. */
const LONGEST = [
  'cli/repair-hints',
  'cli/pack',
  'e2e-short/go',
  'cli/traps',
  'cli/same-verdict',
  'faults/network-update',
  'e2e/conformance',
  'faults/network-dies',
  'faults/network-first',
  'faults/signals',
  'faults/restart',
  'faults/many-hosts',
  'faults/rollback',
  'e2e/conformance-suite',
  'faults/two-at-once',
  'e2e/scaffold/validates',
  'faults/host',
  'e2e/quickstart',
  'faults/versions',
  'e2e/deploy/history',
  'e2e/package/memory',
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
