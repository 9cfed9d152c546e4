import { defineConfig } from 'vitest/config';

const project = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...settings },
});

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('cli'),
      // Real processes, toolchains and sockets in /tmp: one file after the other, with time to build.
      project('e2e', { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
});
