/**
 * Aborts with the first of `signals` (and its reason), or after `ms` with a TimeoutError. AbortSignal.any holds its
 * signals weakly, so that in Node 20 a limit of AbortSignal.timeout may never come (nodejs/node#57736). Here the timer
 * holds it.
 */
export function signalWithin(ms: number, ...signals: readonly AbortSignal[]): AbortSignal {
  const limit = new AbortController();
  const late = () => limit.abort(new DOMException('it took too long', 'TimeoutError'));
  setTimeout(late, ms).unref();
  return AbortSignal.any([...signals, limit.signal]);
}
