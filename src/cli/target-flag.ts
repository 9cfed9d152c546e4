import { EXIT, KpluginError } from '../model/error.ts';
import { NEWEST_TARGET, TARGET_NAMES, type Target, targetOfRelease } from '../model/target.ts';
import { versionIn } from '../model/version.ts';
import type { Flags } from './command.ts';

/** The flag of every command that checks a plugin for one version of eKuiper. */
export const TARGET_FLAG = {
  target: {
    kind: 'value',
    value: 'version',
    summary: `the eKuiper to check for: ${TARGET_NAMES.join(', ')}, or a full version`,
    default: NEWEST_TARGET,
  },
} as const satisfies Flags;

/** `2.4` or `2.4.0` → `2.4`, `2.1.2` → itself; throws exit 2 for an invalid or unknown version. */
export function parseTarget(value: string): Target {
  const target = targetOfRelease(value);
  if (target !== null && isOfLine(value, target)) return target;
  throw new KpluginError({
    code: 'target-unknown',
    exit: EXIT.usage,
    message:
      target === null
        ? `--target "${value}" is no version of eKuiper`
        : `--target "${value}" is no eKuiper that this kplugin knows`,
    hint: `use one of ${TARGET_NAMES.join(', ')}, or a full version such as 2.3.1`,
  });
}

function isOfLine(value: string, target: Target): boolean {
  const [wanted, line] = [versionIn(value), versionIn(target)];
  return wanted?.[0] === line?.[0] && wanted?.[1] === line?.[1];
}
