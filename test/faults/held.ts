import type { Fault } from './proxy.ts';

/** A fault that holds a request until it is told to go on. */
export interface Held {
  readonly fault: Fault;
  /** Resolves when the request is there: with `after`, when the host has answered it. */
  readonly reached: Promise<void>;
  readonly letGo: () => void;
}

/** `before`: the host has not seen the request yet; `after`: its answer is held. */
export function held(when: 'before' | 'after'): Held {
  let reach = (): void => {};
  let letGo = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const fault: Fault = async (x) => {
    const early = when === 'after' ? await x.forward() : null;
    reach();
    await gate;
    // Who was killed meanwhile sends nothing any more.
    if (early === null && x.isGone) return;
    x.answer(early ?? (await x.forward()));
  };
  return { fault, reached, letGo };
}
