import type { Talk } from '../../cli/context.ts';
import type { SuiteOptions } from '../../testing/run-suite.ts';

/** A bar on a terminal's stderr, with what runs just now. */
export function testProgress(
  talk: Talk,
  total: number,
): { readonly events: Required<Pick<SuiteOptions, 'onStart' | 'onResult'>>; end(): void } {
  const bar = talk.progress('Testing', total);
  const done = new Set<string>();
  return {
    events: {
      onStart: ({ name }) => bar.label(name),
      onResult: ({ type, name }) => {
        done.add(`${type} ${name}`);
        bar.update(done.size);
      },
    },
    end: () => bar.end(),
  };
}
