import type { Reporter, TestModule } from 'vitest/node';

/** Says how many faults the tests injected and how many of them were survived: `faults: N injected, N survived`. */
export class FaultsLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { injected: 0, survived: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        // Written by test/faults/playing.ts.
        const { injected } = test.meta();
        if (injected === undefined) continue;
        count.injected += injected;
        if (test.result().state === 'passed') count.survived += injected;
      }
    }
    if (count.injected === 0) return;
    // After the reporters that still write when this hook is called.
    process.once('exit', () => {
      process.stdout.write(`faults: ${count.injected} injected, ${count.survived} survived\n`);
    });
  }
}
