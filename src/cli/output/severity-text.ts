import type { Severity } from '../../model/finding.ts';
import { bad, info, type Toned, warn } from './view.ts';

/** The name of a severity in its colour. */
export function severityText(severity: Severity): Toned {
  if (severity === 'error') return bad('error');
  return severity === 'warning' ? warn('warning') : info('note');
}
