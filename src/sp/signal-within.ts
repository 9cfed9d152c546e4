/**
 * Aborts with the first of `signals` (and its reason), or after `ms` with a TimeoutError, as AbortSignal.any with
 * AbortSignal.timeout should: in Node 20 the timeout can be collected as garbage there, and never comes
 * (nodejs/node#54614).
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
