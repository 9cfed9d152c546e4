import { type Interrupted, interruptedText } from '../../deploy/plugins/interrupted.ts';
import { type Fact, warn } from './view.ts';

/** The rows for a change of a plugin that was interrupted; empty when there is none. */
export function interruptedFacts(interrupted: Interrupted | null): Fact[] {
  return interrupted === null ? [] : [['interrupted', warn(interruptedText(interrupted))]];
}
