import type { Outcome } from '../../cli/outcome.ts';
import type { Style } from '../../cli/output/style.ts';
import { TARGETS, type Target } from '../../model/target.ts';
import type { Serving } from '../serve/serve-until.ts';

export interface DevReady extends Pick<Serving, 'url' | 'symbolsUrl' | 'home'> {
  readonly target: Target;
  readonly python: string;
  /** The project as it was typed. */
  readonly label: string;
  /** Whether Enter is listened to. */
  readonly hasKeyboard: boolean;
}

/** What `dev` says before the first cycle: where it listens and what it watches. */
export function readyOutcome(ready: DevReady): Outcome {
  const { url, symbolsUrl, home, target, python, label } = ready;
  const version = TARGETS[target];
  return {
    data: { event: 'ready', watching: label, url, symbolsUrl, target, version, home, python },
    human: (style) => readyText(ready, style),
  };
}

function readyText(ready: DevReady, style: Style): string {
  const { url, symbolsUrl, target, python, label, hasKeyboard } = ready;
  const keys = hasKeyboard ? 'Enter does everything again, Ctrl-C ends it' : 'Ctrl-C ends it';
  return [
    `${style.bold(url)} answers as eKuiper ${TARGETS[target]}`,
    ...(symbolsUrl === null ? [] : [`  symbols ${symbolsUrl}`]),
    `  python  ${python}`,
    `  watches ${label}`,
    `  ${style.dim(keys)}`,
  ].join('\n');
}
