import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseRuns } from '../../../src/dev/case-runs.ts';
import type { CasesReport, CycleReport } from '../../../src/dev/cycles.ts';
import { Development } from '../../../src/dev/development.ts';
import { InputReader } from '../../../src/dev/inputs.ts';
import { prepareProject } from '../../../src/package/prepare.ts';
import { digestView } from '../../../src/package/view-contents.ts';
import { GOOD_PROJECT, type Tree, writeTree } from '../../fixtures/tree.ts';
import { FakeHost } from './fake-host.ts';

export const NO_CASES_FAIL: CasesReport = {
  known: 1,
  suite: {
    plugin: 'probe',
    results: [],
    passed: 1,
    failed: 0,
    skipped: 0,
    ms: 1,
    isPartial: false,
  },
  isRepeat: false,
  mistakes: [],
  lost: [],
  texts: new Map(),
};

/** A real project in a folder, a host that starts nothing, and what was asked of both. */
export class Developing {
  readonly host = new FakeHost();
  readonly root: string;
  readonly development: Development;
  /** What the project's build does; null: it has none. */
  build: (() => void) | null = null;
  buildError: Error | null = null;
  cases: CasesReport | null = NO_CASES_FAIL;
  lost: readonly string[] = [];
  #cycles = 0;

  constructor(root: string, tree: Tree = GOOD_PROJECT) {
    this.root = writeTree(root, tree);
    const reader = new InputReader(this.root);
    const diary = this.host.diary;
    this.development = new Development({
      root: this.root,
      host: this.host,
      read: () => reader.read(),
      prepare: (signal) => prepareProject(this.root, { target: '2.4', label: '.', signal }),
      build: async () => {
        if (this.buildError !== null) throw this.buildError;
        if (this.build === null) return false;
        diary.push('build');
        this.build();
        return true;
      },
      pack: async ({ plan }) => {
        const content = new Map(plan.entries.map((entry) => [entry.path, entry.content]));
        const { contentDigest } = await digestView(
          plan.entries,
          ({ path }) => content.get(path) ?? null,
        );
        return contentDigest ?? '';
      },
      holdRuns: async (plugin) => {
        diary.push(`hold ${plugin}`);
        return async () => {
          diary.push('resume');
          return this.lost;
        };
      },
      // Of the class, only this method is used.
      cases: {
        run: async (plugin: string) => {
          diary.push(`cases of ${plugin}`);
          return this.cases;
        },
      } as unknown as CaseRuns,
      temporary: this.root,
      now: () => 0,
    });
  }

  /** Writes or (with null) deletes files, then runs a cycle; what the host was asked for is in the diary. */
  async after(tree: Readonly<Record<string, string | null>> = {}): Promise<CycleReport> {
    for (const [path, text] of Object.entries(tree)) {
      if (text === null) rmSync(join(this.root, path));
      else writeTree(this.root, { [path]: text });
    }
    return this.cycle();
  }

  cycle(signal = new AbortController().signal): Promise<CycleReport> {
    this.host.diary.length = 0;
    this.#cycles += 1;
    return this.development.cycle(this.#cycles, signal);
  }

  get diary(): readonly string[] {
    return this.host.diary;
  }
}
