import { EXIT, KpluginError } from '../model/error.ts';
import { NEWEST_TARGET, TARGET_NAMES, type Target, targetOfVersion } from '../model/target.ts';
import type { Flags } from './command.ts';

/** The flag of every command that checks a plugin for one eKuiper. */
export const TARGET_FLAG = {
  target: {
    kind: 'value',
    value: 'version',
    summary: `the eKuiper to check for: ${TARGET_NAMES.join(', ')}, or a full version`,
    default: NEWEST_TARGET,
  },
} as const satisfies Flags;

/** `2.4` or `2.4.0` → `2.4`; throws a usage error for anything that is no version. */
export function parseTarget(value: string): Target {
  const target = targetOfVersion(value);
  if (target !== null) return target;
  throw new KpluginError({
    code: 'target-unknown',
    exit: EXIT.usage,
    message: `--target "${value}" is no version of eKuiper`,
    hint: `use one of ${TARGET_NAMES.join(', ')}, or a full version such as 2.3.1`,
  });
}
