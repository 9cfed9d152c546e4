import type { Health, HealthState } from '../../deploy/health/health.ts';
import type { Cell, Tone } from './view.ts';

const TONE: Record<HealthState, Tone> = {
  running: 'good',
  starting: 'warn',
  dead: 'bad',
  stopped: 'warn',
  unknown: 'dim',
};

const WORD: Record<HealthState, string> = {
  running: 'running',
  starting: 'starting',
  dead: 'dead',
  stopped: 'stopped',
  unknown: 'registered',
};

/** `running`, `dead`, `registered`. */
export function healthWord({ state }: Health): string {
  return WORD[state];
}

/** `running`, `dead (exit status 3)`. */
export function healthText(health: Health): Cell {
  const first = health.error.split('\n')[0] ?? '';
  const error = first === '' ? '' : ` (${first.length > 60 ? `${first.slice(0, 59)}…` : first})`;
  return { text: `${WORD[health.state]}${error}`, tone: TONE[health.state] };
}

/**
 * The health in `--json`. The key is `errMsg`, as in eKuiper, because `error` of a host is the reason why it could not
 * be read.
 */
export function healthData(health: Health): object {
  return {
    state: health.state,
    errMsg: health.error,
    meaning: health.meaning,
    rules: Object.fromEntries(health.rules),
  };
}
