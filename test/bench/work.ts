import type { BenchPlugin } from './plugins.ts';
import type { Runner } from './rates.ts';

/** What a plugin is asked to do in one run. */
export type Work =
  | { readonly what: 'rows'; readonly count: number; readonly bytes: number }
  | { readonly what: 'calls'; readonly count: number };

/** `{"message":{"n":100000,"temperature":21.5,"text":""},"meta":null}`, without the filling. */
const ROW_BYTES = 66;

/** Starts the plugin in a bundled `embedded-host`. */
export function embeddedRunner(program: string, plugin: BenchPlugin, work: Work): Runner {
  const { language, executable, python } = plugin;
  return {
    name: `${plugin.title} in the embedded host`,
    command: [
      process.execPath,
      program,
      ...argumentsOf(plugin, work),
      language,
      executable,
      python,
    ],
  };
}

/** Starts the plugin in test/fixtures/go-host. */
export function goHostRunner(program: string, plugin: BenchPlugin, work: Work): Runner {
  const { language, executable, python } = plugin;
  const started = language === 'python' ? [python, '-u', executable] : [executable];
  return {
    name: `${plugin.title} in the minimal Go host`,
    command: [program, ...argumentsOf(plugin, work), ...started, '{"sendTimeout":1000}'],
  };
}

function argumentsOf({ name }: BenchPlugin, work: Work): string[] {
  const symbol = work.what === 'rows' ? `${name}_rows` : `${name}_add`;
  const text = work.what === 'rows' ? Math.max(0, work.bytes - ROW_BYTES) : 0;
  return [work.what, name, symbol, String(work.count), JSON.stringify({ count: work.count, text })];
}

/** For people: `rows of 60 B`, `function calls`. */
export function workTitle(work: Work): string {
  if (work.what === 'calls') return 'function calls';
  return `rows of ${work.bytes < 1000 ? `${work.bytes} B` : `${work.bytes / 1000} kB`}`;
}
