/** True when the work is done in time; goes on without it otherwise. Throws what the work throws in time. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
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

/** True when all of it has ended in time, well or not; never throws. */
export function settledWithin(ms: number, works: readonly Promise<unknown>[]): Promise<boolean> {
  return within(ms, Promise.allSettled(works));
}
