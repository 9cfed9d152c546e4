import { type Interrupted, interruptedText } from '../../deploy/plugins/interrupted.ts';
import { type Fact, warn } from './view.ts';

/** A change of a plugin that never came to its end, as a row of what is told about it; none without one. */
export function interruptedFacts(interrupted: Interrupted | null): Fact[] {
  return interrupted === null ? [] : [['interrupted', warn(interruptedText(interrupted))]];
}
