import type { Reporter, TestModule } from 'vitest/node';

/** Ends every run with the one line that machines read: `N passed, N failed, N skipped`. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
      // A file that could not be loaded has no tests to count, and has failed all the same.
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) {
        count.failed += 1;
      }
    }
    // After the other reporters, which still write when this hook is called.
    process.once('exit', () => {
      const { passed, failed, skipped } = count;
      process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
}
