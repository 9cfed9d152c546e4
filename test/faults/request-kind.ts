/** What kplugin asks a host for, as far as it matters where a fault strikes. */
export const REQUEST_KINDS = [
  'about',
  'plugins',
  'plugin',
  'status',
  'export',
  'rules',
  'configuration',
  'uploads',
  'upload-zip',
  'upload-text',
  'create',
  'update',
  'remove',
  'remove-upload',
  'other',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

const KINDS: readonly (readonly [RegExp, RequestKind])[] = [
  [/^GET \/$/, 'about'],
  [/^GET \/plugins\/portables$/, 'plugins'],
  [/^GET \/plugins\/portables\/[^/]+\/status$/, 'status'],
  [/^GET \/plugins\/portables\/[^/]+$/, 'plugin'],
  [/^GET \/data\/export$/, 'export'],
  [/^GET \/rules\b/, 'rules'],
  [/^GET \/metadata\b/, 'configuration'],
  [/^GET \/config\/uploads$/, 'uploads'],
  [/^POST \/config\/uploads$/, 'upload-zip'],
  [/^DELETE \/config\/uploads\//, 'remove-upload'],
  [/^POST \/plugins\/portables$/, 'create'],
  [/^PUT \/plugins\/portables\//, 'update'],
  [/^DELETE \/plugins\/portables\//, 'remove'],
];

/** Names a request by its method, its path and the type of its body. */
export function requestKind(method: string, path: string, type = ''): RequestKind {
  const line = `${method} ${path.replace(/[?].*$/, '')}`;
  const kind = KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? 'other';
  return kind === 'upload-zip' && type.startsWith('application/json') ? 'upload-text' : kind;
}

/** Whether a request of this kind can change something on the host. */
export function isChange(kind: RequestKind): boolean {
  return ['upload-zip', 'upload-text', 'create', 'update', 'remove', 'remove-upload'].includes(
    kind,
  );
}
