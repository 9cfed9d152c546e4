import path from 'node:path';
import type { Tour } from './steps.ts';
import { venvPython } from './steps.ts';

/** What one language's tour does before the package is made, and what the host starts the plugin with. */
export interface LanguageTour {
  /** `init` and whatever the project needs to be tested. */
  make(tour: Tour): Promise<void>;
  /** Flags for `kplugin serve` and `kplugin test`. */
  readonly python: readonly string[];
}

const SYMBOLS = ['--source', 'ticker', '--sink', 'printer', '--function', 'shout'];

const SYSTEM_PYTHON = process.platform === 'win32' ? 'python' : 'python3';

const init = (tour: Tour, language: string): Promise<void> =>
  tour.step('kplugin', 'init', 'hello', '--language', language, ...SYMBOLS, '--yes');

/** By language; `folder` is where the tour runs. */
export function toursIn(folder: string): Readonly<Record<string, LanguageTour>> {
  const python = venvPython(path.join('hello', '.venv'));
  return {
    typescript: {
      async make(tour) {
        await init(tour, 'typescript');
        const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
        await tour.step('npm', 'install', '--prefix', 'hello', ...quiet);
        await tour.step('npm', 'test', '--prefix', 'hello', '--silent');
      },
      python: [],
    },
    python: {
      async make(tour) {
        await init(tour, 'python');
        await tour.step(SYSTEM_PYTHON, '-m', 'venv', 'hello/.venv');
        await tour.step(
          python,
          ...['-m', 'pip', 'install', '--quiet', '-r', 'hello/requirements.txt'],
        );
      },
      python: ['--python', path.resolve(folder, python)],
    },
  };
}
