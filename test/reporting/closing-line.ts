import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends every run with the one line that machines read: `N passed, N failed, N skipped`. It is also added to the file
 * that KPLUGIN_TEST_TALLY names, where .ci/run sums up several runs.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errorsOutsideOfTests: readonly unknown[] = [],
  ): void {
    const count = { passed: 0, failed: errorsOutsideOfTests.length, skipped: 0 };
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
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
    const tally = process.env['KPLUGIN_TEST_TALLY'];
    if (tally !== undefined) appendFileSync(tally, line);
    // After the other reporters, which still write when this hook is called.
    process.once('exit', () => {
      process.stdout.write(line);
    });
  }
}
