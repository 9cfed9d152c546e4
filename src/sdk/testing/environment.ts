import type { Log } from '../api/context.ts';

const nothing = () => undefined;

/** What symbols log is of no interest in a test of theirs. */
export const QUIET: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export const RULE = { ruleId: 'test', opId: 'test', instanceId: 0 } as const;
