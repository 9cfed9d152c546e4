/**
 * Aborts with the first of `signals` (and its reason), or after `ms` with a TimeoutError. AbortSignal.any holds its
 * signals weakly, and AbortSignal.timeout its timer: once such a limit was never heard of. Here the timer holds the signal.
 */
export function signalWithin(ms: number, ...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const late = () => controller.abort(new DOMException('it took too long', 'TimeoutError'));
  const timer = setTimeout(late, ms);
  timer.unref();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  for (const one of signals) {
    const abort = () => controller.abort(one.reason);
    if (one.aborted) abort();
    else one.addEventListener('abort', abort, { once: true, signal });
  }
  return signal;
}
