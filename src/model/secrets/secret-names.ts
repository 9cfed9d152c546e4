/** Why a file of this name is taken for a secret. */
export interface SecretName {
  /** The pattern in the words of .gitignore: `*.tfstate`. */
  readonly rule: string;
  /** What files or folders of this name hold: `such folders hold AWS credentials`. */
  readonly reason: string;
}

interface NamePattern extends SecretName {
  /** For a whole path in lower case; a directory's path ends with a slash. */
  readonly pattern: RegExp;
}

const SSH = 'such files hold private keys of SSH';
const ENVIRONMENT = 'such files hold passwords and tokens';
const PKCS12 = 'such files hold private keys beside certificates';
const KEY_STORE = 'such files are stores of private keys';
const STATE = 'Terraform writes passwords into such files';
const STATE_VALUES = 'such files hold the values of Terraform, with passwords';
const PASSWORDS = 'such files hold passwords';
const CREDENTIALS = 'such files hold credentials';
const CREDENTIALS_FOLDER = 'such folders hold credentials';
const REGISTRIES = 'such files hold tokens of package registries';
const CONTAINERS = 'such files hold the logins of container registries';
const SERVICE_ACCOUNT = 'such files hold the key of a Google service account';
const CLUSTERS = 'such files hold the credentials of Kubernetes clusters';
const HISTORY = 'such files hold what was typed in a shell';
const DUMP = 'such files are memory dumps of a program';

/** What a program is written in or compiled to: only its content is looked at, never its name. */
const CODE = String.raw`\.(?:pyi?|pyc|pyd|so|go|[cm]?[jt]sx?|c|cc|cpp|h|hpp|rs|java|class|rb|lua|html?|css|md|rst)$`;
/** Suffixes of data and models, which name what they identify: `id_map.json`, `id_labels.npy`. */
const DATA = String.raw`\.(?:jsonl?|ndjson|ya?ml|toml|ini|xml|proto|txt|log|[ct]sv|np[yz]|bin|dat|db|sqlite3?|parquet|arrow|feather|h5|hdf5|pkl|pickle|pb|pth?|onnx|tflite|safetensors|png|jpe?g|gif|bmp|svg|webp)$`;
/** `.env.example`, `sample.env`: files without values. */
const SAMPLE = String.raw`(?:\.(?:example|sample|template|dist|tmpl|tpl|defaults?)(?:\.[^/.]*)?|(?:^|/)(?:example|sample|template)[^/]*)$`;
const notCode = ({ source }: RegExp): RegExp => new RegExp(`^(?!.*${CODE})(?:.*/)?${source}$`);
const file = ({ source }: RegExp): RegExp => new RegExp(`(?:^|/)${source}$`);

/**
 * A table of ours: the scanners with maintained rules (secretlint, gitleaks, detect-secrets) look at contents and know
 * a handful of names at most.
 */
const NAMES: readonly NamePattern[] = [
  ...each(
    ['.git/'],
    'such folders hold the history of a project, with all that was ever in it',
    '.git',
  ),
  ...each(['.ssh/'], 'such folders hold private keys of SSH'),
  ...each(['.gnupg/'], 'such folders hold private keys of GnuPG'),
  ...each(['.aws/'], 'such folders hold AWS credentials'),
  ...each(['.azure/'], 'such folders hold Azure credentials'),
  ...each(['.oci/'], 'such folders hold Oracle Cloud credentials'),
  ...each(['.aliyun/'], 'such folders hold Alibaba Cloud credentials'),
  ...each(['.kube/'], 'such folders hold the credentials of Kubernetes clusters'),
  ...each(['.config/gcloud/'], 'such folders hold Google Cloud credentials'),
  ...each(
    ['.config/gh/', '.config/hub/', '.config/rclone/', '.config/containers/'],
    CREDENTIALS_FOLDER,
  ),
  ...each(
    ['.password-store/', '.secret/', '.secrets/', '.envs/', '.direnv/', '.terraform/'],
    CREDENTIALS_FOLDER,
  ),
  ...each(['.docker/config.json', '.dockercfg', '.dockerconfigjson'], CONTAINERS),
  row('.env', file(/\.env/), ENVIRONMENT),
  row('.env.*', notSample(/\.env\.[^/]+/), ENVIRONMENT),
  row('.envrc*', notSample(/\.envrc[^/]*/), ENVIRONMENT),
  row('.flaskenv', file(/\.flaskenv/), ENVIRONMENT),
  row('*.env', notSample(/[^/]+\.env/), ENVIRONMENT),
  row('env.*', notSample(/env\.[^/]+/), ENVIRONMENT),
  row('id_*', file(/id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:(?:[._-][^/]*)?(?<!\.pub))/), SSH),
  // Of a name without a suffix (`id_map`) the content decides: a private key is known by it.
  row('id_*', notData(/id_[^/]*\.[^/.]+(?<!\.pub)/), SSH),
  ...each(['*.p12', '*.pfx'], PKCS12),
  ...each(['*.jks', '*.jceks', '*.keystore', '*.bks', '*.keytab'], KEY_STORE),
  ...each(['*.p8', '*.pk8'], 'such files hold a private key'),
  ...each(['*.ppk'], 'such files hold a private key of PuTTY'),
  ...each(['*.kdb', '*.kdbx', '*.keychain'], 'such files are stores of passwords'),
  ...each(['*.agekey'], 'such files hold a private key of age'),
  ...['secring', 'secret', 'private'].flatMap((name) =>
    each(
      [`${name}*.gpg`, `${name}*.asc`, `${name}*.pgp`],
      'such files hold a private key of GnuPG',
    ),
  ),
  ...each(['.netrc', '_netrc', '.git-credentials', '.pgpass', 'pgpass.conf'], PASSWORDS),
  ...each(['.npmrc', '.yarnrc', '.yarnrc.yml', '.pypirc', '.condarc'], REGISTRIES),
  ...each(['.my.cnf', '.mylogin.cnf', '.htpasswd*', '_htpasswd*', 'htpasswd*'], PASSWORDS),
  ...each(['.s3cfg', '.boto', '.passwd-s3fs', '.rclone.conf', 'rclone.conf'], CREDENTIALS),
  ...each(['.msmtprc', '.esmtprc', '.fetchmailrc', '.mutt_secrets'], PASSWORDS),
  ...each(['.cargo/credentials*', '.gem/credentials*'], REGISTRIES),
  ...each(['.m2/settings*.xml'], PASSWORDS),
  row('.vault-token', file(/\.?vault[-_]token(?:\.txt)?/), CREDENTIALS),
  row('vault-pass*', file(/\.?vault[-_]pass(?:word)?(?:\.txt)?/), PASSWORDS),
  ...each(['*.tfstate', '*.tfstate.*'], STATE),
  row('*.tfvars', notSample(/[^/]*\.tfvars/), STATE_VALUES),
  row('*.tfvars.json', notSample(/[^/]*\.tfvars\.json/), STATE_VALUES),
  ...each(['.terraformrc', 'terraform.rc', 'credentials.tfrc.json'], CREDENTIALS),
  row('*kubeconfig*', notCode(/(?:[^/]*[._-])?kubeconfig(?:[._-][^/]*)?/), CLUSTERS),
  row('secrets.*', notCode(/\.?secrets\.[^/]+/), PASSWORDS),
  row('secret.*', notCode(/\.?secret\.[^/]+/), PASSWORDS),
  row('secrets.py', /^secrets\.py$/, PASSWORDS),
  ...each(['secret', 'secrets', '.secret', '.secrets', '*.secret', '*.secrets'], PASSWORDS),
  row('password*', file(/\.?passwords?(?:\.(?:txt|json|ya?ml|toml|ini|csv|conf))?/), PASSWORDS),
  row('passwd*', file(/\.?passwds?(?:\.(?:txt|json|ya?ml|toml|ini|csv|conf))?/), PASSWORDS),
  row(
    '*credential*',
    file(/(?:[^/]*[._-])?credentials?\.(?:json|ya?ml|toml|ini|csv|xml|txt|cfg|conf|db)/),
    CREDENTIALS,
  ),
  ...each(['credentials', '.credentials'], CREDENTIALS),
  row(
    '*service-account*.json',
    file(/(?:[^/]*[._-])?service[-_]?account[^/]*\.json/),
    SERVICE_ACCOUNT,
  ),
  row('client_secret*.json', file(/client[-_]?secrets?[^/]*\.json/), CREDENTIALS),
  ...each(['*firebase-adminsdk*.json', '*firebase_adminsdk*.json'], SERVICE_ACCOUNT),
  row(
    'sa-key*.json, gcp-key*.json',
    file(
      /(?:[^/]*[._-])?(?:sa|gcp|gcloud|gcs|google|gke|bigquery)[-_.]?(?:sa[-_.]?)?key[^/]*\.json/,
    ),
    SERVICE_ACCOUNT,
  ),
  ...each(['accesstokens.json', 'azureprofile.json', 'msal_token_cache*'], CREDENTIALS),
  ...each(['*.azureauth', '*.publishsettings', '*.pubxml.user'], CREDENTIALS),
  ...each(['local.settings.json'], 'such files hold the settings and keys of Azure Functions'),
  ...each(['.databrickscfg', '.snowsql/config'], CREDENTIALS),
  row('.snowflake/', /(?:^|\/)\.snowflake(?:\/|$)/, CREDENTIALS_FOLDER),
  ...each(['.dbt/profiles.yml', '.streamlit/secrets.toml'], PASSWORDS),
  ...each(['.renviron', '.renviron.*'], ENVIRONMENT),
  ...each(['master.key', 'credentials/*.key'], 'such files hold the key of the secrets of Rails'),
  ...each(['ssh_host_*_key', 'ssh_host_key'], SSH),
  ...each(['wp-config.php', 'wp-config.*.php'], PASSWORDS),
  ...each(['.netrc.gpg', '_netrc.gpg', '.authinfo', '.authinfo.gpg'], PASSWORDS),
  ...each(
    [
      '.dropbox_uploader',
      '.remote-sync.json',
      '.ftpconfig',
      'sftp-config.json',
      '.vscode/sftp.json',
    ],
    PASSWORDS,
  ),
  ...each(['filezilla.xml', 'recentservers.xml', '.smbcredentials'], PASSWORDS),
  ...each(['.doctl/', '.config/doctl/', '.config/gspread/', '.bluemix/'], CREDENTIALS_FOLDER),
  ...each(['.chef/*.pem', '.tugboat'], CREDENTIALS),
  ...each(['*.ovpn'], 'such files hold the keys of a VPN'),
  ...each(['key3.db', 'key4.db', '*.keychain-db'], 'such files are stores of passwords'),
  ...each(['*.psafe3', '*.agilekeychain/', '*.1pif'], 'such files are stores of passwords'),
  ...each(['.composer/auth.json'], REGISTRIES),
  ...each(['kaggle.json'], CREDENTIALS),
  ...each(['hosts.json'], 'such files name hosts and where their credentials lie'),
  row('.*history', file(/\.[^/]*history/), HISTORY),
  row(
    '*_history',
    file(
      /(?:bash|zsh|sh|ash|fish|python|node_repl|mysql|psql|sqlite|redis|rediscli|irb|mongo)_?history/,
    ),
    HISTORY,
  ),
  row('*_history', file(/[^/.]+_history/), HISTORY),
  ...each(['core'], DUMP),
  row('core.*', file(/core\.(?:(?!so\.)[^/]*\.)?(?:\d+|dump|dmp)(?:\.(?:gz|xz|zst|lz4))?/), DUMP),
  // Named after the program. Data and settings (`core.yaml`) are none; a dump is known by its content too.
  row(
    'core.*',
    notData(/core\.(?!(?:so|dll|dylib|wasm|exe|whl|conf|cfg|properties)(?:\.|$))[^/]+/),
    DUMP,
  ),
];

/** What those for folders end with. */
const FOLDER_END = /(?:\/|$)/.source;

/** What patterns begin with, the longest first; as a regular expression writes it. */
const LEADS = [
  `^(?!.*${CODE})(?!.*${DATA})(?:.*/)?`,
  `^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?`,
  `^(?!.*${CODE})(?:.*/)?`,
  '(?:^|/)[^/]*',
  '(?:^|/)',
  '',
].map((lead) => (lead === '' ? lead : new RegExp(lead).source));

/** Names of folders stand anywhere in a path; all others at its end, in its last two names at most. */
const IN_FOLDER = anyOf(NAMES.filter(isFolder).map(({ pattern }) => pattern.source));
const AT_END = anyOf(NAMES.filter((row) => !isFolder(row)).map(({ pattern }) => pattern.source));

function isFolder({ pattern }: NamePattern): boolean {
  return pattern.source.endsWith(FOLDER_END);
}

/** All in one. What many begin with stands in it once: else a long path would be read once for each of them. */
function anyOf(sources: readonly string[]): RegExp {
  const rests = new Map<string, string[]>(LEADS.map((lead) => [lead, []]));
  for (const source of sources) {
    const lead = LEADS.find((one) => source.startsWith(one)) ?? '';
    rests.get(lead)?.push(source.slice(lead.length));
  }
  const groups = Array.from(rests).flatMap(([lead, rest]) =>
    rest.length === 0 ? [] : [`${lead}(?:${rest.join('|')})`],
  );
  return new RegExp(groups.join('|'));
}

/**
 * What the name of a file (or of a folder above it) says: that it is there to hold a secret, or null. `path` is
 * relative with slashes; a directory's ends with one. Letter case does not count. Samples (`.env.example`), public keys
 * (`id_rsa.pub`), data (`id_map.json`) and program sources (`env.py`, `core.py`) are no secrets.
 */
export function secretName(path: string): SecretName | null {
  // No system has longer paths, and the patterns stay quick.
  const lower = path.slice(-4096).toLowerCase();
  const original = withoutCopyMark(lower);
  return namedIn(lower) ?? (original === lower ? null : namedIn(original));
}

function namedIn(lower: string): SecretName | null {
  if (!AT_END.test(lastTwoNames(lower)) && !IN_FOLDER.test(lower)) return null;
  const found = NAMES.find(({ pattern }) => pattern.test(lower));
  return found ? { rule: found.rule, reason: found.reason } : null;
}

/** With the slash before them: what stands at the root alone must not be found below it. */
function lastTwoNames(path: string): string {
  const last = path.lastIndexOf('/', path.length - 2);
  return last <= 0 ? path : path.slice(Math.max(0, path.lastIndexOf('/', last - 1)));
}

/** A copy holds what the file held: `.my.cnf.bak`, `.env copy`, `credentials (1).json`, `.npmrc~`. */
function withoutCopyMark(lower: string): string {
  return lower
    .replace(/(?:\.(?:bak|backup|old|orig|save|swp|copy)|~| copy)$/, '')
    .replace(/(?: copy| \(\d{1,3}\))(\.[a-z]{1,8})$/, '$1');
}

function row(rule: string, pattern: RegExp, reason: string): NamePattern {
  return { rule, pattern, reason };
}

/** One row per pattern in the words of .gitignore; a folder's ends with a slash. */
function each(globs: readonly string[], reason: string, rule?: string): NamePattern[] {
  return globs.map((glob) => {
    const source = glob
      .replace(/\/$/, '')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*');
    const end = glob.endsWith('/') ? '(?:/|$)' : '$';
    return row(rule ?? glob, new RegExp(`(?:^|/)${source}${end}`), reason);
  });
}

function notData({ source }: RegExp): RegExp {
  return new RegExp(`^(?!.*${CODE})(?!.*${DATA})(?:.*/)?${source}$`);
}

/** An environment file that is not a sample without values, nor code such as `env.d.ts`. */
function notSample({ source }: RegExp): RegExp {
  return new RegExp(`^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?${source}$`);
}
