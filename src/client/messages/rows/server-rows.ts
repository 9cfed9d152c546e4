import { shellWord } from '../../../model/shell-word.ts';
import { installCommand, type MessageRow, validateCommand } from './row.ts';

const list = (host: string): string => `kplugin list --host ${shellWord(host)}`;

/** Messages of eKuiper about requests, names, uploads and the server itself. Source: docs/messages.md#requests. */
export const SERVER_ROWS: readonly MessageRow[] = [
  {
    id: 'native-plugin',
    says: 'Invalid so or conf file missing',
    pattern:
      /Invalid so or conf file missing|plugin was built with a different version of package|invalid ELF header|symbol (?:\S+ )?not found/i,
    cause: () => 'that is said of native plugins (.so); a portable one was sent to the wrong place',
    next: (_, context) => installCommand(context),
  },
  {
    id: 'description-unreadable',
    says: 'read source json file: open /kuiper/etc/sources/pysrc.json: no such file or directory',
    pattern: /read (source|sink|function)s? json file/,
    cause: (part) =>
      `the manager has no description of a ${part(1)}, so it does not offer it; rules can use it all the same. The file is named after the ${part(1)}, not after the plugin`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'no-such-path',
    says: '404 page not found',
    pattern: /^404 page not found$/,
    cause: (_, context) =>
      `this eKuiper${context.version === '' ? '' : ` (${context.version})`} does not have what kplugin asked for: it is too old for it, or built without portable plugins`,
    next: (_, context) => `kplugin doctor --host ${shellWord(context.host)}`,
  },
  {
    id: 'upload-unreadable',
    says: 'Error Retrieving the File: http: no such file',
    pattern: /Error (?:parse the multi part form|Retrieving the File)/,
    cause: () =>
      'the upload did not arrive as it was sent; something between here and there changed it',
    next: (_, context) => `look for a proxy in front of ${context.host}`,
  },
  {
    id: 'duplicate',
    says: 'portable plugin create command error: invalid name probe: duplicate',
    pattern: /invalid name (.+): duplicate|portable plugin (\S+) already exists/,
    cause: (part) => `somebody installed ${part(1) || part(2)} at the same moment`,
    next: (_, context) => installCommand(context),
  },
  {
    id: 'empty-name',
    says: 'portable plugin create command error: invalid name : should not be empty',
    pattern: /invalid name\s*: should not be empty/,
    cause: () => 'the request carried no plugin name',
    next: (_, context) => installCommand(context),
  },
  {
    id: 'not-found',
    says: 'delete portable plugin nope error: portable plugin nope is not found',
    pattern: /portable plugin (\S+) (?:is not found|not found|error: not found)/,
    cause: (part) => `the host has no plugin ${part(1)}`,
    next: (_, context) => list(context.host),
  },
  {
    id: 'internal-network',
    says: 'portable plugin create command error: fail to download file http://127.0.0.1:8000/probe.zip: Get "http://127.0.0.1:8000/probe.zip": dial tcp 127.0.0.1:8000: ip 127.0.0.1 is in internal network',
    pattern: /ip (\S+) is in internal network/,
    cause: (part) =>
      `eKuiper 2.4 downloads nothing from loopback and private addresses such as ${part(1)} (basic.enablePrivateNet is false)`,
    next: (_, context) => `upload it: ${installCommand(context)}`,
  },
  {
    id: 'outside-uploads',
    says: 'portable plugin create command error: fail to download file file:///tmp/x.zip: file access denied: path must be under /kuiper/data/uploads',
    pattern: /file access denied: path must be under (\S+)/,
    cause: (part) =>
      `this eKuiper takes files only from ${part(1)} (basic.allowExternalFileAccess is false)`,
    next: (_, context) => `upload it: ${installCommand(context)}`,
  },
  {
    id: 'upload-folder-gone',
    says: 'Error reading the file upload dir: open /kuiper/data/uploads: no such file or directory',
    pattern: /Error (?:reading the file upload dir|opening upload directory): /,
    cause: () => 'the folder of uploads is not there; eKuiper makes it when it starts',
    next: () => 'restart eKuiper, with its data/ folder writable',
  },
  {
    id: 'upload-gone',
    says: 'portable plugin create command error: fail to download file file:///tmp/kplugin-does-not-exist.zip: stat /tmp/kplugin-does-not-exist.zip: no such file or directory',
    pattern: /fail to download file (file:\S+): .*no such file or directory/,
    cause: (part) => `${part(1)} is not on the host (any more): somebody removed the upload`,
    next: (_, context) => installCommand(context),
  },
  {
    id: 'download-failed',
    says: 'portable plugin create command error: fail to download file http://x/y.zip: Get "http://x/y.zip": dial tcp: lookup x: no such host',
    pattern: /fail to download file (\S+): /,
    cause: (part) => `eKuiper could not read ${part(1)}`,
    next: (_, context) => `upload it: ${installCommand(context)}`,
  },
  {
    id: 'no-file',
    says: 'portable plugin create command error: invalid uri ',
    pattern: /invalid uri\s*$/,
    cause: () => 'the request named no package',
    next: (_, context) => installCommand(context),
  },
  {
    id: 'not-a-zip-url',
    says: 'portable plugin create command error: invalid uri file:///tmp/x.tar.gz',
    pattern: /invalid uri\b/,
    cause: () => 'eKuiper takes only URLs that end in ".zip", without a query behind it',
    next: (_, context) => `upload it: ${installCommand(context)}`,
  },
  {
    id: 'bad-request-body',
    says: "Invalid body: Error decoding the portable plugin json: invalid character 'n' looking for beginning of object key string",
    pattern: /Invalid body/,
    cause: () => 'eKuiper could not read the request; something between here and there changed it',
    next: (_, context) => `look for a proxy in front of ${context.host}`,
  },
  {
    id: 'delete-upload-gone',
    says: 'Error deleting the file: removeat probe.zip: no such file or directory',
    pattern: /Error deleting the file: .*no such file or directory/,
    cause: () => 'the upload is already gone',
    next: (_, context) => list(context.host),
  },
];
