import type { Health, HealthState } from '../../deploy/health/health.ts';
import type { Style } from './style.ts';

const COLOR: Record<HealthState, keyof Style> = {
  running: 'green',
  starting: 'yellow',
  dead: 'red',
  stopped: 'yellow',
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

/** `running`, `dead (exit status 3)`, coloured. */
export function healthText(health: Health, style: Style): string {
  const first = health.error.split('\n')[0] ?? '';
  const error = first === '' ? '' : ` (${first.length > 60 ? `${first.slice(0, 59)}…` : first})`;
  return style[COLOR[health.state]](`${WORD[health.state]}${error}`);
}

/** The health as `--json` shows it; `errMsg` by eKuiper's name, because the `error` of a host is why it could not be read. */
export function healthData(health: Health): object {
  return {
    state: health.state,
    errMsg: health.error,
    meaning: health.meaning,
    rules: Object.fromEntries(health.rules),
  };
}
