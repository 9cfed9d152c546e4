import type { RuleMeta, SymbolHost } from '../../emulator/runtime/contract.ts';
import type { Deadline } from './deadline.ts';
import type { HttpListener } from './http-listener.ts';
import type { Fill } from './placeholders.ts';

/** Where one case runs: its own rule, folder, listener and time. */
export interface Spot {
  readonly host: SymbolHost;
  readonly meta: RuleMeta;
  readonly deadline: Deadline;
  readonly fill: Fill;
  /** Null when the case has no use for one. */
  readonly http: HttpListener | null;
}
