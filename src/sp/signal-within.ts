/**
 * A signal that aborts with the first of `signals` (and its reason), or after `ms` with a TimeoutError. AbortSignal.any
 * holds its signals weakly, so in Node 20 AbortSignal.timeout inside it may never fire (nodejs/node#57736). Here the
 * timer holds the signal.
 */
export function signalWithin(ms: number, ...signals: readonly AbortSignal[]): AbortSignal {
  const limit = new AbortController();
  const late = () => limit.abort(new DOMException('it took too long', 'TimeoutError'));
  setTimeout(late, ms).unref();
  return AbortSignal.any([...signals, limit.signal]);
}
