import { installCommand, type MessageRow } from './row.ts';

const list = (host: string): string => `kplugin list --host ${host}`;

/** What eKuiper says about requests, names, uploads and itself. Source: field-notes.md §1 rows 5, 6, 17, 18, 26, §2a–d. */
export const SERVER_ROWS: readonly MessageRow[] = [
  {
    id: 'duplicate',
    pattern: /invalid name (.+): duplicate/,
    cause: (part) => `somebody installed ${part(1)} at the same moment`,
    next: (_, context) => installCommand(context),
  },
  {
    id: 'empty-name',
    pattern: /invalid name\s*: should not be empty/,
    cause: () => 'the request carried no plugin name',
    next: (_, context) => installCommand(context),
  },
  {
    id: 'not-found',
    pattern: /portable plugin (\S+) (?:is not found|not found|error: not found)/,
    cause: (part) => `the host has no plugin ${part(1)}`,
    next: (_, context) => list(context.host),
  },
  {
    id: 'internal-network',
    pattern: /ip (\S+) is in internal network/,
    cause: (part) =>
      `eKuiper 2.4 downloads nothing from loopback and private addresses such as ${part(1)} (basic.enablePrivateNet is false)`,
    next: (_, context) => `let kplugin upload it: ${installCommand(context)}`,
  },
  {
    id: 'outside-uploads',
    pattern: /file access denied: path must be under (\S+)/,
    cause: (part) =>
      `this eKuiper takes files only from ${part(1)} (basic.allowExternalFileAccess is false)`,
    next: (_, context) => `let kplugin upload it: ${installCommand(context)}`,
  },
  {
    id: 'upload-gone',
    pattern: /fail to download file (file:\S+): .*no such file or directory/,
    cause: (part) => `${part(1)} is not on the host (any more): somebody removed the upload`,
    next: (_, context) => installCommand(context),
  },
  {
    id: 'download-failed',
    pattern: /fail to download file (\S+): /,
    cause: (part) => `eKuiper could not read ${part(1)}`,
    next: (_, context) => `let kplugin upload it: ${installCommand(context)}`,
  },
  {
    id: 'not-a-zip-url',
    pattern: /invalid uri\b/,
    cause: () => 'eKuiper takes only URLs that end in ".zip", without a query behind it',
    next: (_, context) => `let kplugin upload it: ${installCommand(context)}`,
  },
  {
    id: 'bad-request-body',
    pattern: /Invalid body: /,
    cause: () => 'eKuiper could not read the request; something between here and there changed it',
    next: (_, context) => `look for a proxy in front of ${context.host}`,
  },
  {
    id: 'disk-full',
    pattern: /no space left on device/,
    cause: () => 'the disk of the host is full',
    next: () => 'make room on the host; old uploads lie in its data/uploads',
  },
  {
    id: 'read-only-host',
    pattern: /read-only file system/,
    cause: () =>
      'eKuiper cannot write there: it needs data/, etc/ and plugins/ writable (a read-only container?)',
    next: () => 'mount these folders as volumes',
  },
  {
    id: 'delete-upload-gone',
    pattern: /Error deleting the file: .*no such file or directory/,
    cause: () => 'the upload is already gone',
    next: (_, context) => list(context.host),
  },
  {
    id: 'host-no-permission',
    pattern: /: permission denied/,
    cause: () => "eKuiper's own user may not write there",
    next: () => 'give the user that runs eKuiper its data/, etc/ and plugins/ folders',
  },
];

/** What eKuiper says about tokens, as bare text with 401. Source: real-servers.md N15. */
export const TOKEN_ROWS: readonly MessageRow[] = [
  {
    id: 'token-missing',
    pattern: /missing_token/,
    cause: () =>
      'this eKuiper wants a signed token with every request (basic.authentication is on)',
    next: () =>
      'kplugin cannot sign one yet; go through a proxy that adds the Authorization header',
  },
  {
    id: 'token-refused',
    pattern:
      /validate token error|issuer field not exist|audience field should contain|target key file/,
    cause: () => 'this eKuiper does not accept the token that came with the request',
    next: () =>
      'make a new one: RS256, "iss" the name of a key file in etc/mgmt, "aud" "eKuiper", not expired, no "Bearer" before it',
  },
];
