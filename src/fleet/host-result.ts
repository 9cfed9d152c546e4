/** Why a host was skipped. */
export type SkipReason = 'canary-failed' | 'too-many-failures' | 'interrupted';

/** The result of a rollout on one host. `ms`: duration. */
export type HostResult<T> =
  | { readonly state: 'done'; readonly value: T; readonly ms: number }
  | { readonly state: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly state: 'not-started'; readonly why: SkipReason };

export interface HostWithResult<H, T> {
  readonly host: H;
  readonly end: HostResult<T>;
}
