import { describe, expect, test } from 'vitest';
import { PluginLogs } from '../../../../../src/emulator/runtime/run/plugin-output.ts';

function filled(lines: readonly string[]): readonly string[] {
  const logs = new PluginLogs();
  for (const line of lines) logs.add('p', { stream: 'stdout', line });
  return logs.of('p').map(({ line }) => line);
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('the log of a plugin', () => {
  test('has its lines with their streams, and nobody else’s', () => {
    const logs = new PluginLogs();
    logs.add('p', { stream: 'stderr', line: 'a' });
    logs.add('q', { stream: 'stdout', line: 'b' });
    expect(logs.of('p')).toEqual([{ stream: 'stderr', line: 'a' }]);
    expect(logs.of('nobody')).toEqual([]);
  });

  test.each([1, 1_999, 2_000, 2_001, 2_255, 2_256, 2_257, 10_000])(
    'keeps the last 2,000 of %i lines',
    (count) => {
      expect(filled(numbers(count))).toEqual(numbers(count).slice(-2_000));
    },
  );

  test('keeps fewer of long ones, and none that is too long', () => {
    const long = 'x'.repeat(100 * 1024);
    expect(filled([...numbers(9), ...Array(9).fill(long)])).toEqual(Array(5).fill(long));
    expect(filled(['x'.repeat(600 * 1024), 'y'])).toEqual(['y']);
  });
});
