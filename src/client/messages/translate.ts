import { SERVER_ROWS, TOKEN_ROWS } from './rows/request-rows.ts';
import { type MessageContext, type MessageRow, packCommand, validateCommand } from './rows/row.ts';
import { FUNCTION_ROWS, STATUS_ROWS, THROWN_ROWS } from './rows/rule-rows.ts';
import { START_ROWS } from './rows/start-rows.ts';

/** Messages of eKuiper about a package's layout and files. Source: docs/messages.md#package. */
const PACKAGE_ROWS: readonly MessageRow[] = [
  {
    id: 'package-empty',
    says: 'portable plugin create command error: fail to install plugin: missing or invalid json file probe.json, found 0 files in total',
    pattern: /missing or invalid json file (\S+?)\.json, found 0 files/,
    cause: () => 'the zip holds no file at all',
    next: (_, context) => packCommand(context),
  },
  {
    id: 'manifest-not-in-root',
    says: 'portable plugin create command error: fail to install plugin: missing or invalid json file probe.json, found 9 files in total',
    pattern: /missing or invalid json file (\S+?)\.json\b/,
    cause: (part) =>
      `the zip has no ${part(1)}.json in its root; eKuiper wants exactly that name there, no folder around it, no "./" before it, the letters in the same case`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'source-yaml-missing',
    says: 'portable plugin create command error: fail to install plugin: missing sources/psrc.yaml',
    pattern: /missing (sources\/\S+\.yaml)/,
    cause: (part) =>
      `every source needs its YAML file, and the package has no ${part(1)} (.yml does not count, an empty "default: {}" is enough)`,
    next: (part, context) => `write ${part(1)}, then ${validateCommand(context)}`,
  },
  {
    id: 'not-a-zip',
    says: 'portable plugin create command error: fail to install plugin: zip: not a valid zip file',
    pattern: /zip: not a valid zip file/,
    cause: () => 'the uploaded file is no zip: another format, truncated on the way, or a web page',
    next: (_, context) => packCommand(context),
  },
  {
    id: 'one-directory-level',
    says: 'portable plugin create command error: fail to install plugin: mkdirat models/v1: no such file or directory',
    pattern: /mkdirat (\S+): no such file or directory/,
    cause: (part) =>
      `eKuiper 2.4 makes one folder level per entry, and the zip has no entry for the folder above ${part(1)} before it`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'special-file',
    says: 'portable plugin create command error: fail to install plugin: openat link: unsupported file mode',
    pattern: /(?:openat (\S+): )?unsupported file mode/,
    cause: (part) =>
      `${part(1) || 'an entry of the zip'} is a symbolic link or has a setuid, setgid or sticky bit; eKuiper 2.2 and newer unpack neither`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'double-dots',
    says: 'portable plugin create command error: fail to install plugin: invalid file name: path traversal or absolute paths are not allowed: "a..b.txt"',
    pattern: /invalid file name: path traversal or absolute paths are not allowed(?:: (.+))?/,
    cause: (part) =>
      `${part(1) || 'the name of an entry'} has two dots in a row or leads out of the plugin's folder; eKuiper 2.3 refuses both, other versions only the second`,
    next: (_, context) => `rename the file, then ${packCommand(context)}`,
  },
  {
    id: 'path-escapes',
    says: 'portable plugin create command error: fail to install plugin: openat ../evil.txt: path escapes from parent',
    pattern: /(?:(?:openat|mkdirat) (\S+): )?path escapes from parent/,
    cause: (part) =>
      `${part(1) === '' ? 'an entry' : `the entry ${part(1)}`} of the zip leads out of the plugin's folder`,
    next: (_, context) => packCommand(context),
  },
];

/** Matches widely, so it comes after all other rows about files. */
const UNPACK_ROWS: readonly MessageRow[] = [
  {
    id: 'unpack-failed',
    says: 'portable plugin create command error: fail to install plugin: open /kuiper/etc/sources/x.yaml: not a directory',
    pattern: /fail to install plugin: (?:openat|open|mkdirat|mkdir) (\S+): (.+)/,
    cause: (part) => `eKuiper could not write ${part(1)} while it unpacked the package: ${part(2)}`,
    next: (_, context) => validateCommand(context),
  },
];

/** Messages of eKuiper about the manifest. Source: docs/messages.md#manifest. */
const MANIFEST_ROWS: readonly MessageRow[] = [
  {
    id: 'manifest-bom',
    says: "portable plugin create command error: fail to install plugin: invalid character 'ï' looking for beginning of value",
    pattern: /fail to install plugin: invalid character '(?:ï|\\u00ef|\ufeff)'/,
    cause: () => 'the manifest starts with a byte-order mark, which eKuiper does not read',
    next: (_, context) => `save it as UTF-8 without BOM, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-trailing-comma',
    says: "portable plugin create command error: fail to install plugin: invalid character '}' looking for beginning of object key string",
    pattern:
      /fail to install plugin: invalid character (?:'\}' looking for beginning of object key|'\]' looking for beginning of value)/,
    cause: () => 'the manifest has a comma after the last item of an object or a list',
    next: (_, context) => `take it out, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-comment',
    says: "portable plugin create command error: fail to install plugin: invalid character '/' looking for beginning of value",
    pattern: /fail to install plugin: invalid character '[/#]' looking for/,
    cause: () => 'the manifest has a comment; eKuiper reads plain JSON, which has none',
    next: (_, context) => `take it out, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-not-json',
    says: 'portable plugin create command error: fail to install plugin: unexpected end of JSON input',
    pattern: /fail to install plugin: (?:invalid character|unexpected end of JSON)/,
    cause: () =>
      'the manifest is not JSON as eKuiper reads it: no comments, no trailing commas, nothing after the last brace',
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-wrong-type',
    says: 'portable plugin create command error: fail to install plugin: json: cannot unmarshal number into Go struct field PluginInfo.PluginMeta.version of type string',
    pattern:
      /json: cannot unmarshal (\w+) into Go (?:struct field (?:\S{0,200}\.)?|value of type )(\w+) of type (\S+)/,
    cause: (part) => `"${part(2)}" in the manifest is a ${part(1)}; eKuiper wants a ${part(3)}`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-other-name',
    says: "portable plugin create command error: fail to install plugin: invalid plugin, expect name 'probe' but got 'other'",
    pattern: /invalid plugin, expect name '(.*?)' but got '(.*?)'/,
    cause: (part) =>
      `the manifest says "name": "${part(2)}", and the file is called ${part(1)}.json; both have to be the plugin's name`,
    next: (_, context) => `make the two agree, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-no-language',
    says: 'portable plugin create command error: fail to install plugin: invalid plugin, missing language',
    pattern: /invalid plugin, missing language/,
    cause: () =>
      'the manifest has no "language"; it is "python", or "go" for any file that can be executed',
    next: (_, context) => `write it, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-language',
    says: "portable plugin create command error: fail to install plugin: invalid plugin, language 'Python' is not supported",
    pattern: /invalid plugin, language '(.*?)' is not supported/,
    cause: (part) =>
      `"language" is "go" or "python", in small letters, and not "${part(1)}"; "go" is right for any executable file`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-no-executable',
    says: 'portable plugin create command error: fail to install plugin: invalid plugin, missing executable',
    pattern: /invalid plugin, missing executable/,
    cause: () => 'the manifest has no "executable"',
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-no-symbols',
    says: 'portable plugin create command error: fail to install plugin: invalid plugin, must define at lease one source, sink or function',
    pattern: /invalid plugin, must define at lease one source, sink or function/,
    cause: () => 'the manifest lists no source, no sink and no function',
    next: () => 'kplugin add source|sink|function <symbol>',
  },
  {
    id: 'executable-dot-slash',
    says: 'portable plugin create command error: fail to install plugin: missing ./main.py',
    pattern: /fail to install plugin: missing \.\/(\S+)\s*$/,
    cause: (part) =>
      `the manifest says "executable": "./${part(1)}", and eKuiper looks for exactly that name in the zip, where it is ${part(1)}`,
    next: (part, context) => `write "executable": "${part(1)}", then ${validateCommand(context)}`,
  },
  {
    id: 'file-missing',
    says: 'portable plugin create command error: fail to install plugin: missing main.py',
    pattern: /fail to install plugin: missing (\S+)\s*$/,
    cause: (part) =>
      `the package has no ${part(1)}, which the manifest names as its executable; the path has to be written as in the zip, without "./"`,
    next: (_, context) => validateCommand(context),
  },
];

/**
 * Errors of the operating system under eKuiper, in any request. They come before eKuiper's own messages, which only
 * name the step that failed. Source: docs/messages.md#requests; the full disk seen on 2.4.0.
 */
const MACHINE_ROWS: readonly MessageRow[] = [
  {
    id: 'disk-full',
    says: 'portable plugin update command error: fail to download file file:///kuiper/data/uploads/x.zip: write /kuiper/plugins/portable/x.zip: no space left on device',
    pattern: /no space left on device/,
    cause: () => 'the disk of the host is full',
    next: () => 'make room on the host; old uploads lie in its data/uploads',
  },
  {
    id: 'read-only-host',
    says: 'Error saving the file: open data/uploads/x.zip: read-only file system',
    pattern: /read-only file system/,
    cause: () =>
      'eKuiper cannot write there: it needs data/, etc/ and plugins/ writable (a read-only container?)',
    next: () => 'mount these folders as volumes',
  },
  {
    id: 'host-no-permission',
    says: 'Error saving the file: open data/uploads/x.zip: permission denied',
    pattern: /: permission denied/,
    cause: () => "eKuiper's own user may not write there",
    next: () => 'give the user that runs eKuiper its data/, etc/ and plugins/ folders',
  },
];

/** Every message that kplugin knows; the first match counts, so narrow patterns come before wide ones. */
export const MESSAGE_ROWS: readonly MessageRow[] = [
  ...TOKEN_ROWS,
  ...FUNCTION_ROWS,
  ...PACKAGE_ROWS,
  ...MANIFEST_ROWS,
  ...START_ROWS,
  ...MACHINE_ROWS,
  ...SERVER_ROWS,
  ...UNPACK_ROWS,
  ...STATUS_ROWS,
  ...THROWN_ROWS,
];

interface Translation {
  readonly id: string;
  readonly cause: string;
  readonly next: string;
}

/** Only this many characters are matched: some patterns take quadratic time, and no message of eKuiper is that long. */
const MOST_CHARACTERS = 16_384;

/** The cause of a host's message and the next command; null for an unknown message. */
export function translate(words: string, context: MessageContext): Translation | null {
  for (const row of MESSAGE_ROWS) {
    const match = row.pattern.exec(words.slice(0, MOST_CHARACTERS));
    if (match === null) continue;
    const part = (index: number): string => match[index] ?? '';
    return { id: row.id, cause: row.cause(part, context), next: row.next(part, context) };
  }
  return null;
}
