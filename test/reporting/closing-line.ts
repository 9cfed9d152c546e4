import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** More than a few failures have one cause, or are read above. */
const NAMED = 20;

/**
 * Ends every run with the failed tests by name, and with the one line that machines read: `N passed, N failed,
 * N skipped`. That line is also added to the file that KPLUGIN_TEST_TALLY names, where .ci/run sums up several runs. The
 * names stand at the end because a log of all runs is often kept only in part, and then it is the end.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    errorsOutsideOfTests: readonly unknown[] = [],
  ): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
    }
    const failed = modules.flatMap(failuresOf);
    // With a file that could not be loaded and a hook that failed: they are no tests, and have failed all the same.
    count.failed = failed.length + errorsOutsideOfTests.length;
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
    const tally = process.env['KPLUGIN_TEST_TALLY'];
    if (tally !== undefined) appendFileSync(tally, line);
    // After the other reporters, which still write when this hook is called.
    process.once('exit', () => {
      process.stdout.write([...failed.slice(0, NAMED).map((text) => `${text}\n`), line].join(''));
    });
  }
}

/** One line for each thing that failed: the file, a hook, a test. */
function failuresOf(module: TestModule): string[] {
  const { children } = module;
  const failed = [...children.allTests()].filter((test) => test.result().state === 'failed');
  return [
    ...module.errors().map(({ message }) => ({ name: 'the file itself', message })),
    ...[...children.allSuites()].flatMap((suite) =>
      suite.errors().map(({ message }) => ({ name: `${suite.fullName}, in a hook`, message })),
    ),
    ...failed.map((test) => ({
      name: test.fullName,
      message: test.result().errors?.[0]?.message ?? '',
    })),
  ].map(
    ({ name, message }) =>
      `failed: ${relative('', module.moduleId)} > ${name}: ${message.split('\n')[0]}`,
  );
}
