import type { Reporter, TestModule } from 'vitest/node';

/** Closes a test run with one plain line: `N passed, N failed`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      // a suite that fails before its tests run leaves them skipped, and must not pass for it
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) count.failed++;
      for (const test of tests) count[test.result().state]++;
    }
    const skipped = count.skipped + count.pending;
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
  }
}
