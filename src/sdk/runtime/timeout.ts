/**
 * True when `work` resolves within `ms`; false after that time, without cancelling it. Rejects when `work` rejects in
 * time.
 */
export async function resolvesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** True when all works have resolved or rejected within `ms`; never rejects. */
export function settlesWithin(ms: number, works: readonly Promise<unknown>[]): Promise<boolean> {
  return resolvesWithin(ms, Promise.allSettled(works));
}
