/**
 * Whether a request may be sent twice: reads, and uploads, which overwrite the file of that name. False for requests
 * that change plugins, rules or settings.
 */
export function mayRepeat({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): boolean {
  return method === 'GET' || (method === 'POST' && path === '/config/uploads');
}
