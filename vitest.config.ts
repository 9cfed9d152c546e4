import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { ClosingLine } from './test/reporting/closing-line.ts';
import { FaultsLine } from './test/reporting/faults-line.ts';

const project = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...settings },
});

/** Tests of the real bin: built before the first of them, and with time for processes and compilers. */
const ofTheBin = {
  globalSetup: './test/bin/global-setup.ts',
  testTimeout: 120_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    reporters: ['default', new FaultsLine(), new ClosingLine()],
    // A golden file that is not there fails its test; `-u` writes it.
    update: 'none',
    sequence: { sequencer: LongestFirst },
    // Groups run one after the other: one for each number of workers.
    projects: [
      // In one process without walls between the files: each leaves everything as it found it.
      project('unit', { testTimeout: 120_000, pool: 'threads', isolate: false, maxWorkers: 3 }),
      project('cli', { ...ofTheBin, maxWorkers: 3, sequence: { groupOrder: 1 } }),
      // One way through everything for each language: what `npm test` knows of plugins that run.
      project('e2e-short', { ...ofTheBin, maxWorkers: 3, sequence: { groupOrder: 1 } }),
      // Real processes, toolchains and sockets in /tmp. A socket has the name of a plugin, a function or a rule: those of a
      // file are used by no other file. Mostly waiting, so more at a time than there are cores.
      project('e2e', { ...ofTheBin, maxWorkers: 3, sequence: { groupOrder: 2 } }),
      // Broken deployments, in lanes and files of their own plugins.
      project('faults', { ...ofTheBin, maxWorkers: 3, sequence: { groupOrder: 2 } }),
      // Very many seeded inputs, compared with Go, or only looked after; each test says with how many: no waiting at all.
      project('differential', { testTimeout: 600_000, maxWorkers: 2, sequence: { groupOrder: 3 } }),
      project('mutation', {
        ...ofTheBin,
        testTimeout: 600_000,
        maxWorkers: 2,
        sequence: { groupOrder: 3 },
      }),
    ],
  },
});
