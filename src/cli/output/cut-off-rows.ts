import { type CutOff, cutOffText } from '../../deploy/plugins/cut-off.ts';
import type { Style } from './style.ts';

/** A change of a plugin that never came to its end, as a row of what is told about it; none without one. */
export function cutOffRows(cutOff: CutOff | null, style: Style): (readonly [string, string])[] {
  return cutOff === null ? [] : [['cut off', style.yellow(cutOffText(cutOff))]];
}
