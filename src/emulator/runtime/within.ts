/** The promise's outcome, or `late` when it is not settled after `ms`; no timer is left behind. */
export async function within<T, Late>(
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
