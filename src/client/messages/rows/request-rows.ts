import { shellWord, shellWordOr } from '../../../model/shell-word.ts';
import { installCommand, type MessageContext, type MessageRow, validateCommand } from './row.ts';

/** A named host keeps its name; the label of an address always contains a port. */
const sign = ({ host, place }: MessageContext): string =>
  host.includes(':')
    ? `kplugin host add <name> ${shellWord(host)} --key-file <private key>`
    : `kplugin host add ${shellWord(host)} ${shellWordOr(place, '<address>')} --force --key-file <private key>`;

const keygen = ({ host }: MessageContext): string =>
  `make a pair: kplugin host keygen ${shellWordOr(host.includes(':') ? null : host, '<name>')}; its .pub goes into etc/mgmt on the host`;

/**
 * Messages of golang-jwt and eKuiper about tokens, plain text with status 401. Source: docs/messages.md#tokens (1.14.7
 * and 2.4.0 alike).
 */
export const TOKEN_ROWS: readonly MessageRow[] = [
  {
    id: 'token-missing',
    says: 'missing_token',
    pattern: /missing_token/,
    cause: () =>
      'this eKuiper wants a signed token with every request (basic.authentication is on), and none was sent',
    next: (_, context) => `${sign(context)}; or ${keygen(context)}`,
  },
  {
    id: 'token-bearer',
    says: 'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 6',
    pattern: /could not base64 decode header: illegal base64 data at input byte 6\b/,
    cause: () =>
      'the token is not the bare JWT that eKuiper wants: mostly there is "Bearer " in front of it',
    next: () =>
      'keep only the three parts with dots between them in the token file: eKuiper wants no "Bearer" before them',
  },
  {
    id: 'token-no-jwt',
    says: 'validate token error: token is malformed: token contains an invalid number of segments',
    pattern: /validate token error: .*(?:number of segments|token is malformed)/,
    cause: () => 'what was sent as a token is none: a JWT has three parts with dots between them',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-no-issuer',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: issuer field not exist in jwt payload',
    pattern: /issuer field not exist/,
    cause: () =>
      'the token names no issuer ("iss"); eKuiper looks for the public key in a file of that name in etc/mgmt',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-unknown-key',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: not found target key file nobody.pub in /etc/mgmt',
    pattern: /not found target key file (\S+) in/,
    cause: (part) =>
      `the token says that it is signed by the key ${part(1)}, and the host has no such file in etc/mgmt`,
    next: (part) =>
      `copy the public key to etc/mgmt/${part(1)} on the host (no restart is needed), or name the one that is there: --issuer <file name>`,
  },
  {
    id: 'token-expired',
    says: 'validate token error: token has invalid claims: token is expired',
    pattern: /token is expired/,
    cause: () =>
      'the token was valid until before now by the clock of the host, which allows no leeway: it is old, or that clock is ahead',
    next: (_, context) => `compare the clocks: kplugin doctor --host ${shellWord(context.host)}`,
  },
  {
    id: 'token-not-yet-valid',
    says: 'validate token error: token has invalid claims: token is not valid yet',
    pattern: /token is not valid yet/,
    cause: () =>
      'the token is valid from a moment on ("nbf") that the clock of the host has not reached',
    next: (_, context) => `compare the clocks: kplugin doctor --host ${shellWord(context.host)}`,
  },
  {
    id: 'token-audience',
    says: 'audience field should contain eKuiper, but got [x]',
    pattern: /audience field should contain eKuiper, but got (.*)/,
    cause: (part) =>
      `the token is meant for ${part(1) === '[]' ? 'nobody' : part(1)}; its "aud" has to be or to hold "eKuiper"`,
    next: (_, context) => `sign a new one, without --audience: ${sign(context)}`,
  },
  {
    id: 'token-algorithm',
    says: 'validate token error: token signature is invalid: key is of invalid type: HMAC verify expects []byte',
    pattern: /key is of invalid type|signature type is not allowed|signing method/,
    cause: () => 'the token is not signed with RS256, the only way eKuiper can check',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-signature',
    says: 'validate token error: token signature is invalid: crypto/rsa: verification error',
    pattern: /signature is invalid|verification error/,
    cause: () =>
      'the token is signed by another private key than the one that belongs to the public key on the host',
    next: (_, context) =>
      `${sign(context)}, with the key that belongs to it; or ${keygen(context)}`,
  },
  {
    id: 'token-public-key',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: asn1: structure error: integer too large',
    pattern: /validate token error: .*(?:PEM|public key|asn1|x509)/i,
    cause: () => 'the key file in etc/mgmt on the host is no RSA public key in PEM form',
    next: (_, context) => keygen(context),
  },
  {
    id: 'token-refused',
    says: 'validate token error: token is unverifiable',
    pattern: /validate token error|^invalid token/,
    cause: () => 'this eKuiper does not accept the token',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
];

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
