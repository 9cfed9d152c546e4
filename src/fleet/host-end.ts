/** Why a host was skipped. */
export type LeftAlone = 'canary-failed' | 'too-many-failures' | 'interrupted';

/** The result of a rollout on one host. `ms`: duration. */
export type HostEnd<T> =
  | { readonly state: 'done'; readonly value: T; readonly ms: number }
  | { readonly state: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly state: 'not-started'; readonly why: LeftAlone };

export interface Ended<H, T> {
  readonly host: H;
  readonly end: HostEnd<T>;
}
