import { type Interrupted, interruptedText } from '../../deploy/plugins/interrupted.ts';
import type { Style } from './style.ts';

/** A change of a plugin that never came to its end, as a row of what is told about it; none without one. */
export function interruptedRows(
  interrupted: Interrupted | null,
  style: Style,
): (readonly [string, string])[] {
  return interrupted === null ? [] : [['interrupted', style.yellow(interruptedText(interrupted))]];
}
