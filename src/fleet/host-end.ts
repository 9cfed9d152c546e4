/** Why a host was left alone. */
export type LeftAlone = 'canary-failed' | 'too-many-failures' | 'interrupted';

/** How a rollout ended on one host: every host has exactly one end. `ms`: how long it took. */
export type HostEnd<T> =
  | { readonly state: 'done'; readonly value: T; readonly ms: number }
  | { readonly state: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly state: 'not-started'; readonly why: LeftAlone };

export interface Ended<H, T> {
  readonly host: H;
  readonly end: HostEnd<T>;
}
