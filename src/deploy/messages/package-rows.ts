import { type MessageRow, packCommand, validateCommand } from './row.ts';

/** What eKuiper says about a package's layout and files. Source: field-notes.md §1 rows 1, 2, 9–11, §2c. */
export const PACKAGE_ROWS: readonly MessageRow[] = [
  {
    id: 'manifest-not-in-root',
    pattern: /missing or invalid json file (\S+?)\.json\b/,
    cause: (part) =>
      `the zip has no ${part(1)}.json in its root; eKuiper wants exactly that name there, no folder around it, no "./" before it, the letters in the same case`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'source-yaml-missing',
    pattern: /missing (sources\/\S+\.yaml)/,
    cause: (part) =>
      `every source needs its YAML file, and the package has no ${part(1)} (.yml does not count, an empty "default: {}" is enough)`,
    next: (part, context) => `write ${part(1)}, then ${validateCommand(context)}`,
  },
  {
    id: 'not-a-zip',
    pattern: /zip: not a valid zip file/,
    cause: () => 'the uploaded file is no zip: another format, cut off on the way, or a web page',
    next: (_, context) => packCommand(context),
  },
  {
    id: 'one-directory-level',
    pattern: /mkdirat (\S+): no such file or directory/,
    cause: (part) =>
      `eKuiper 2.4 makes one folder level per entry, and the zip has no entry for the folder above ${part(1)} before it`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'special-file',
    pattern: /openat (\S+): unsupported file mode/,
    cause: (part) =>
      `${part(1)} is a symbolic link or has a setuid, setgid or sticky bit; eKuiper 2.2 and newer unpack neither`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'path-escapes',
    pattern:
      /path escapes from parent|invalid file name: path traversal or absolute paths are not allowed/,
    cause: () =>
      "an entry of the zip leads out of the plugin's folder (eKuiper 2.3 refuses every name with two dots in a row)",
    next: (_, context) => packCommand(context),
  },
];

/** The wide row behind all others about files. */
export const UNPACK_ROWS: readonly MessageRow[] = [
  {
    id: 'unpack-failed',
    pattern: /fail to install plugin: (?:openat|open|mkdirat|mkdir) (\S+): (.+)/,
    cause: (part) => `eKuiper could not write ${part(1)} while it unpacked the package: ${part(2)}`,
    next: (_, context) => validateCommand(context),
  },
];

/** What eKuiper says about the manifest. Source: config-files.md §1, field-notes.md §2c. */
export const MANIFEST_ROWS: readonly MessageRow[] = [
  {
    id: 'manifest-bom',
    pattern: /fail to install plugin: invalid character '(?:ï|\\u00ef|\ufeff)'/,
    cause: () => 'the manifest starts with a byte-order mark, which eKuiper does not read',
    next: (_, context) => `save it as UTF-8 without BOM, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-not-json',
    pattern: /fail to install plugin: (?:invalid character|unexpected end of JSON)/,
    cause: () =>
      'the manifest is not JSON as eKuiper reads it: no comments, no trailing commas, nothing after the last brace',
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-wrong-type',
    pattern:
      /json: cannot unmarshal (\w+) into Go (?:struct field \S*?\.?|value of type )(\w+) of type (\S+)/,
    cause: (part) => `"${part(2)}" in the manifest is a ${part(1)}; eKuiper wants a ${part(3)}`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-other-name',
    pattern: /invalid plugin, expect name '(.*?)' but got '(.*?)'/,
    cause: (part) =>
      `the manifest says "name": "${part(2)}", and the file is called ${part(1)}.json; both have to be the plugin's name`,
    next: (_, context) => `make the two agree, then ${validateCommand(context)}`,
  },
  {
    id: 'manifest-language',
    pattern: /invalid plugin, (?:language '(.*?)' is not supported|missing language)/,
    cause: () =>
      '"language" is "go" or "python", in small letters; "go" is right for any executable file',
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-no-executable',
    pattern: /invalid plugin, missing executable/,
    cause: () => 'the manifest has no "executable"',
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'manifest-no-symbols',
    pattern: /invalid plugin, must define at lease one source, sink or function/,
    cause: () => 'the manifest lists no source, no sink and no function',
    next: () => 'kplugin add source|sink|function <symbol>',
  },
  {
    id: 'file-missing',
    pattern: /fail to install plugin: missing (\S+)\s*$/,
    cause: (part) =>
      `the package has no ${part(1)}, which the manifest names as its executable; the path has to be written as in the zip, without "./"`,
    next: (_, context) => validateCommand(context),
  },
];
