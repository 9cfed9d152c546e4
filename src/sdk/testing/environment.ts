import type { Log } from '../api/context.ts';

const nothing = () => undefined;

/** Discards log output, which is not part of a symbol's test. */
export const QUIET: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export const RULE = { ruleId: 'test', opId: 'test', instanceId: 0 } as const;
