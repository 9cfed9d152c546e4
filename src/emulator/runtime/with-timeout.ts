/** Returns the promise's outcome, or `late` when it has not settled after `ms`; clears its timer. */
export async function withTimeout<T, Late>(
  promise: Promise<T>,
  ms: number,
  late: Late,
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const timeouts = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([promise, timeouts]);
  } finally {
    clearTimeout(timer);
  }
}
