import type { RuleMeta, SymbolHost } from '../../emulator/runtime/contract.ts';
import type { Deadline } from './deadline.ts';
import type { HttpListener } from './http-listener.ts';
import type { Fill } from './placeholders.ts';

/** The environment of one case: its own rule, directory, listener and timeout. */
export interface CaseContext {
  readonly host: SymbolHost;
  readonly meta: RuleMeta;
  readonly deadline: Deadline;
  readonly fill: Fill;
  /** Null when the case uses none. */
  readonly http: HttpListener | null;
}
