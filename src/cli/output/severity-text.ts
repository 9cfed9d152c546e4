import type { Severity } from '../../model/finding.ts';
import type { Style } from './style.ts';

/** The word for a severity in its colour. */
export function severityText(severity: Severity, style: Style): string {
  if (severity === 'error') return style.red('error');
  return severity === 'warning' ? style.yellow('warning') : style.cyan('note');
}
