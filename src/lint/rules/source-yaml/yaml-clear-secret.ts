import { has } from '../../../model/behaviours.ts';
import {
  isSecretKey,
  isSecretSetting,
  isValueKey,
  NAME_KEYS,
  namesNextSecret,
  passwordsIn,
  plainKey,
} from '../../../model/secrets/settings/secret-keys.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';
import { eachYaml, isReadable, sourceOf, type YamlKey } from '../../yaml/read-yaml.ts';

export const yamlClearSecret: Rule = {
  id: 'yaml-clear-secret',
  severity: 'warning',
  explanation: {
    means: "A source's YAML holds a password or token in clear text.",
    why:
      'The package lies on every box, and eKuiper serves the configuration of a source to everybody who may use its REST ' +
      'API: GET /metadata/sources/yaml/<source>. eKuiper 2 shows all values as they are; 1.14 puts stars in place of ' +
      'keys called "password" or "token" and of the password in a "url", and shows everything else.',
    issues: [],
    bad: 'default:\n  saslPassword: hunter2',
    good: 'default:\n  passwordFile: /run/secrets/broker',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml)) return [];
      return yaml.groups.flatMap(({ under }) => secretsIn(under, yaml.text, file, subject));
    }),
};

function secretsIn(
  keys: readonly YamlKey[],
  text: string,
  file: TextFile,
  subject: Subject,
): Report[] {
  const isNamed = keys.some(
    ({ key, at }) =>
      NAME_KEYS.has(key.toLowerCase()) && holdsOnlyASecret(writtenValue(text, at.end)),
  );
  return keys.flatMap((key) => {
    const isSecret = holdsOnlyASecret(key.key) || (isNamed && isValueKey(key.key));
    const isClearValue = (value: string): boolean =>
      (isSecret || isWeakSecret(key.key, value)) && !isPlaceholder(value, key.key);
    if (key.value === 'list') {
      const own = key.texts.some(isClearValue) || (!isSecret && inList(key));
      const below = key.listed.flatMap((inner) => secretsIn(inner, text, file, subject));
      return own ? [report(key, file, subject), ...below] : below;
    }
    if (key.value !== 'scalar') return secretsIn(key.under, text, file, subject);
    const value = writtenValue(text, key.at.end);
    const isClear = isClearValue(value) || hasPassword(value);
    return isClear ? [report(key, file, subject)] : [];
  });
}

/** `["--password", "x"]`, `["Authorization: Bearer x"]` */
function inList({ texts }: YamlKey): boolean {
  return texts.some((one, at) => {
    const name = texts[at - 1];
    const isNext = name?.startsWith('-') && namesNextSecret(name) && !isPlaceholder(one, name);
    return isNext || hasPassword(one);
  });
}

/** A key whose name alone does not make it secret: its value decides. */
function isWeakSecret(key: string, value: string): boolean {
  return !isSecretKey(key) && isSecretSetting(key, value);
}

/** A data source name may have no password. */
function holdsOnlyASecret(key: string): boolean {
  return isSecretKey(key) && !plainKey(key).endsWith('dsn');
}

/** The text between the end of a key and its value: the colon and optional characters. */
const COLON = /["']?[ \t]{0,80}:[ \t]{0,80}(?:[&!][^\s,[\]{}]{0,80}[ \t]{1,80}){0,2}/y;
const VALUE = /"(?:[^"\\]|\\[\s\S]){0,4000}"|'[^']{0,4000}'|[|>][^\n]*\n[^\n]*|[^\n,}]{0,4000}/y;

/** The value after a key as written, without quotes and comment; '' when unknown. */
function writtenValue(text: string, keyEnd: number): string {
  COLON.lastIndex = keyEnd;
  if (!COLON.test(text)) return '';
  VALUE.lastIndex = COLON.lastIndex;
  const written = VALUE.exec(text)?.[0] ?? '';
  if (/^["']/.test(written)) return written.slice(1, -1).trim();
  const comment = written.search(/(?:^|[ \t])#/);
  return (comment < 0 ? written : written.slice(0, comment)).trim();
}

const NOTHING =
  /^(?:null|~|true|false|yes|no|on|off|none|enabled?|disabled?|required|optional|basic|bearer|[hrep]s\d{3}|n\/a|todo|tbd|x{2,}|\*+|\.+|-+)?$/i;
/** `<token>`, `${TOKEN}`, `{{ token }}`, `%TOKEN%`, `*anchor`. */
const FILLED_IN_LATER = /^[<$%*[{]|\{\{|\$\{/;
const KEPT_FREE = /^(?:your|change|replace|enter|insert|example|sample|dummy|placeholder|fill)/i;
const A_PATH = /^(?:file:\/\/)?(?:\.{0,2}\/[\w.-]+)+$/;

function isPlaceholder(value: string, key: string): boolean {
  if (NOTHING.test(value) || FILLED_IN_LATER.test(value) || KEPT_FREE.test(value)) return true;
  return A_PATH.test(value) || plainKey(value) === plainKey(key);
}

function hasPassword(value: string): boolean {
  return passwordsIn(value)
    .map((password) => password.slice(password.indexOf(':', 1) + 1))
    .some((password) => !isPlaceholder(password, 'password'));
}

function report({ key, at }: YamlKey, file: TextFile, { target }: Subject): Report {
  const shows = has(target, 'lowers-yaml-keys')
    ? 'shows it as it is'
    : 'puts stars in place of "password", "token" and the password in a "url", and shows all else';
  return {
    file: file.path,
    at,
    message: `"${key}" is a secret in clear text`,
    effect: `It lies on every box in the package, and GET /metadata/sources/yaml/${sourceOf(file)} ${shows}`,
    hint: 'Leave it empty here, and let the program read it from a file or an environment variable of the box',
  };
}
