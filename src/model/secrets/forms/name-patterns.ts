/** Why a file with this name counts as a secret. */
export interface SecretName {
  /** The pattern as in .gitignore: `*.tfstate`. */
  readonly rule: string;
  /**
   * What such files or directories often contain, never what this one contains: `such folders often hold AWS
   * credentials`.
   */
  readonly reason: string;
}

export interface NamePattern extends SecretName {
  /** Matches a whole path in lower case; a directory's path ends with a slash. */
  readonly pattern: RegExp;
}

const SSH = 'such files often hold private keys of SSH';
const ENVIRONMENT = 'such files often hold passwords and tokens';
const PKCS12 = 'such files often hold private keys beside certificates';
const KEY_STORE = 'such files often hold private keys';
const STATE = 'Terraform may write passwords into such files';
const STATE_VALUES = 'such files often hold the values of Terraform, at times passwords';
const PASSWORDS = 'such files often hold passwords';
const CREDENTIALS = 'such files often hold credentials';
const CREDENTIALS_FOLDER = 'such folders often hold credentials';
const REGISTRIES = 'such files often hold tokens of package registries';
const CONTAINERS = 'such files often hold the logins of container registries';
const SERVICE_ACCOUNT = 'such files often hold the key of a Google service account';
const CLUSTERS = 'such files often hold the credentials of Kubernetes clusters';
const TOKENS = 'such files often hold tokens of services';
const COOKIES = 'such files often hold cookies, which let in who has them';
const HISTORY = 'such files often hold what was typed in a shell, at times passwords';
const DUMP = 'such files are often memory dumps of a program';

/** Suffixes of source code and compiled programs: only their content decides, not their name. */
export const CODE = String.raw`\.(?:pyi?|pyc|pyd|so|go|[cm]?[jt]sx?|c|cc|cpp|h|hpp|rs|java|class|rb|lua|html?|css|md|rst)$`;
/** Suffixes of data and models, named after their content: `id_map.json`, `id_labels.npy`. */
export const DATA = String.raw`\.(?:jsonl?|ndjson|ya?ml|toml|ini|xml|proto|txt|log|[ct]sv|np[yz]|bin|dat|db|sqlite3?|parquet|arrow|feather|h5|hdf5|pkl|pickle|pb|pth?|onnx|tflite|safetensors|png|jpe?g|gif|bmp|svg|webp)$`;
/** `.env.example`, `sample.env`: files without real values. */
export const SAMPLE = String.raw`(?:\.(?:example|sample|template|dist|tmpl|tpl|defaults?)(?:\.[^/.]*)?|(?:^|/)(?:example|sample|template)[^/]*)$`;
const notCode = ({ source }: RegExp): RegExp => new RegExp(`^(?!.*${CODE})(?:.*/)?${source}$`);
const file = ({ source }: RegExp): RegExp => new RegExp(`(?:^|/)${source}$`);

/**
 * Files only: a directory of this name may be a module of a program. Excludes public certificates and keys, and
 * placeholder files that keep a directory in git.
 */
const IN_SECRETS = new RegExp(
  `^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?secrets?/(?=.*[^/]$)(?!.*(?:\\.(?:crt|cer|pub)|/?\\.git(?:keep|ignore))$)[^/]+(?:/|$)`,
);

/**
 * A table of ours: maintained scanners (secretlint, gitleaks, detect-secrets) examine contents and know only a few
 * names.
 */
export const SECRET_NAMES: readonly NamePattern[] = [
  ...each(
    ['.git/'],
    'such folders often hold the history of a project, with what was deleted from it too',
    '.git',
  ),
  ...each(['.ssh/'], 'such folders often hold private keys of SSH'),
  ...each(['.gnupg/'], 'such folders often hold private keys of GnuPG'),
  ...each(['.aws/'], 'such folders often hold AWS credentials'),
  ...each(['.azure/'], 'such folders often hold Azure credentials'),
  ...each(['.oci/'], 'such folders often hold Oracle Cloud credentials'),
  ...each(['.aliyun/'], 'such folders often hold Alibaba Cloud credentials'),
  ...each(['.kube/'], 'such folders often hold the credentials of Kubernetes clusters'),
  ...each(['.config/gcloud/'], 'such folders often hold Google Cloud credentials'),
  ...each(
    ['.config/gh/', '.config/hub/', '.config/rclone/', '.config/containers/'],
    CREDENTIALS_FOLDER,
  ),
  ...each(
    ['.password-store/', '.secret/', '.secrets/', '.envs/', '.direnv/', '.terraform/'],
    CREDENTIALS_FOLDER,
  ),
  ...each(
    ['.docker/config.json', '.dockercfg', '.dockerconfigjson', 'dockerconfigjson'],
    CONTAINERS,
  ),
  ...each(['dockerconfig.json', 'docker-config.json'], CONTAINERS),
  row('.env', file(/\.env/), ENVIRONMENT),
  row('.env.*', notSample(/\.env\.[^/]+/), ENVIRONMENT),
  row('.envrc*', notSample(/\.envrc[^/]*/), ENVIRONMENT),
  row('.flaskenv', file(/\.flaskenv/), ENVIRONMENT),
  row('*.env', notSample(/[^/]+\.env/), ENVIRONMENT),
  row('env.*', notSample(/env\.(?!json$)[^/]+/), ENVIRONMENT),
  row('*.env.*', notSample(/[^/]+\.env\.[^/]+/), ENVIRONMENT),
  row(
    'id_*',
    file(/id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?![^/]*\.pub(?:[^a-z]|$))(?:[^a-z/][^/]*)?/),
    SSH,
  ),
  // For a name without a suffix (`id_map`) the content decides: a private key is recognized by it.
  row('id_*', notData(/id_(?![^/]*\.pub(?:[^a-z]|$))[^/]*\.[^/.]+/), SSH),
  row('*.key', file(/(?![^/]*(?:pub|verify))[^/]*\.key/), KEY_STORE),
  ...each(['*.p12', '*.pfx'], PKCS12),
  ...each(['*.jks', '*.jceks', '*.keystore', '*.bks', '*.keytab'], KEY_STORE),
  ...each(['*.p8', '*.pk8'], 'such files often hold a private key'),
  ...each(['*.ppk'], 'such files often hold a private key of PuTTY'),
  ...each(['*.kdb', '*.kdbx', '*.keychain'], 'such files are often stores of passwords'),
  ...each(['*.agekey'], 'such files often hold a private key of age'),
  ...['secring', 'secret', 'private'].flatMap((name) =>
    each(
      [`${name}*.gpg`, `${name}*.asc`, `${name}*.pgp`],
      'such files often hold a private key of GnuPG',
    ),
  ),
  ...each(['.netrc', '_netrc', 'netrc', '.git-credentials', '.pgpass', 'pgpass.conf'], PASSWORDS),
  ...each(['.npmrc', '.yarnrc', '.yarnrc.yml', '.pypirc', '.condarc'], REGISTRIES),
  ...each(['pip.conf', '.pip.conf', 'pip.ini'], REGISTRIES),
  row('.*cookie', file(/\.[^/]*cookie/), COOKIES),
  ...each(['cookies.txt', 'cookies.sqlite'], COOKIES),
  ...each(['krb5cc_*'], 'such files often hold tickets of Kerberos'),
  ...each(['gh/hosts.yml', '.mc/config.json', '.mcli/config.json', '.influxdbv2/'], TOKENS),
  ...each(['.ossutilconfig', '.obsutilconfig', '.cos.conf', '.cos.yaml'], CREDENTIALS),
  ...each(['k3s.yaml', 'rke2.yaml'], CLUSTERS),
  ...each(['.curlrc', '.wgetrc', 'chap-secrets', 'pap-secrets', 'eap-secrets'], PASSWORDS),
  ...each(['.dev.vars', '.dev.vars.*'], ENVIRONMENT),
  ...each(['*.creds'], CREDENTIALS),
  ...each(
    ['.my.cnf', 'my.cnf', '.mylogin.cnf', '.htpasswd*', '_htpasswd*', 'htpasswd*'],
    PASSWORDS,
  ),
  ...each(['.s3cfg', '.boto', '.passwd-s3fs', '.rclone.conf', 'rclone.conf'], CREDENTIALS),
  ...each(['.msmtprc', '.esmtprc', '.fetchmailrc', '.mutt_secrets'], PASSWORDS),
  ...each(['.cargo/credentials*', '.gem/credentials*'], REGISTRIES),
  ...each(['.m2/settings*.xml', 'settings-security.xml', '.gradle/gradle.properties'], PASSWORDS),
  ...each(['.jupyter/jupyter_*config.json'], PASSWORDS),
  row('.vault-token', file(/\.?vault[-_]token(?:\.txt)?/), CREDENTIALS),
  row('vault-pass*', file(/\.?vault[-_]pass(?:word)?(?:\.txt)?/), PASSWORDS),
  ...each(['*.tfstate', '*.tfstate.*'], STATE),
  row('*.tfvars', notSample(/[^/]*\.tfvars/), STATE_VALUES),
  row('*.tfvars.json', notSample(/[^/]*\.tfvars\.json/), STATE_VALUES),
  ...each(['.terraformrc', 'terraform.rc', 'credentials.tfrc.json'], CREDENTIALS),
  row('*kubeconfig*', notCode(/(?:[^/]*[._-])?kubeconfig(?:[._-][^/]*)?/), CLUSTERS),
  row('secrets.*', notCode(/\.?secrets\.[^/]+/), PASSWORDS),
  row('secret.*', notCode(/\.?secret\.[^/]+/), PASSWORDS),
  row(
    '*-secrets.*',
    notSample(/[^/]+[._-]secrets?\.(?:json|ya?ml|toml|ini|txt|conf|cfg|properties|xml)/),
    PASSWORDS,
  ),
  // Files only: a directory of this name may be a module of a program.
  row('secrets/*', IN_SECRETS, PASSWORDS),
  row('secrets.py', /^secrets\.py$/, PASSWORDS),
  ...each(['secret', 'secrets', '.secret', '.secrets', '*.secret', '*.secrets'], PASSWORDS),
  row('password*', file(/\.?passwords?(?:\.(?:txt|json|ya?ml|toml|ini|csv|conf))?/), PASSWORDS),
  row('passwd*', file(/\.?passwds?(?:\.(?:txt|json|ya?ml|toml|ini|csv|conf))?/), PASSWORDS),
  row(
    '*credential*',
    file(/(?:[^/]*[._-])?credentials?\.(?:json|ya?ml|toml|ini|csv|xml|txt|cfg|conf|db)/),
    CREDENTIALS,
  ),
  ...each(['credentials', '.credentials', 'creds', '.creds'], CREDENTIALS),
  row('*-credentials', file(/[^/]+[._-]credentials?/), CREDENTIALS),
  row(
    '*service-account*.json',
    file(/(?:[^/]*[._-])?service[-_]?account[^/]*\.json/),
    SERVICE_ACCOUNT,
  ),
  row('client_secret*.json', file(/client[-_]?secrets?[^/]*\.json/), CREDENTIALS),
  ...each(['gcloud.json', '*firebase-adminsdk*.json', '*firebase_adminsdk*.json'], SERVICE_ACCOUNT),
  row(
    'sa-key*.json, gcp-key*.json',
    file(
      /(?:[^/]*[._-])?(?:sa|gcp|gcloud|gcs|google|gke|bigquery)[-_.]?(?:sa[-_.]?)?key[^/]*\.json/,
    ),
    SERVICE_ACCOUNT,
  ),
  ...each(['accesstokens.json', 'azureprofile.json', 'msal_token_cache*'], CREDENTIALS),
  ...each(['*.azureauth', '*.publishsettings', '*.pubxml.user'], CREDENTIALS),
  ...each(
    ['local.settings.json'],
    'such files often hold the settings and keys of Azure Functions',
  ),
  ...each(['.databrickscfg', '.snowsql/'], CREDENTIALS),
  row('.snowflake/', /(?:^|\/)\.snowflake(?:\/|$)/, CREDENTIALS_FOLDER),
  ...each(['.dbt/profiles.yml', '.streamlit/secrets.toml'], PASSWORDS),
  ...each(['.renviron', '.renviron.*'], ENVIRONMENT),
  ...each(
    ['master.key', 'credentials/*.key'],
    'such files often hold the key of the secrets of Rails',
  ),
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
  ...each(['filezilla.xml', 'sitemanager.xml', 'recentservers.xml', '*smbcredentials'], PASSWORDS),
  ...each(['.doctl/', '.config/doctl/', '.config/gspread/', '.bluemix/'], CREDENTIALS_FOLDER),
  ...each(['.chef/*.pem', '.tugboat'], CREDENTIALS),
  ...each(['*.ovpn'], 'such files often hold the keys of a VPN'),
  ...each(
    ['key3.db', 'key4.db', 'logins.json', 'signons.sqlite', '*.keychain-db'],
    'such files are often stores of passwords',
  ),
  ...each(['wallet.dat'], 'such files often hold the keys of a wallet'),
  ...each(['*.psafe3', '*.agilekeychain/', '*.1pif'], 'such files are often stores of passwords'),
  ...each(['.composer/auth.json'], REGISTRIES),
  ...each(['auth.json', 'token.json', 'token.pickle', 'oauth_creds.json'], TOKENS),
  ...each(['.claude.json', '.aider.conf.yml', 'ngrok.yml', '.sentryclirc'], TOKENS),
  ...each(['.hf_token', '.token'], TOKENS),
  row('token', file(/(?:(?:[^/]*[._-])?(?:access|auth|api|bearer)[-_]?)?token/), TOKENS),
  row('token.txt', file(/(?:(?:[^/]*[._-])?(?:access|auth|api|bearer)[-_]?)?token\.txt/), TOKENS),
  row(
    'api_key*',
    file(/(?:[^/]*[._-])?api[-_]?keys?(?:\.(?:json|ya?ml|toml|ini|txt|conf))?/),
    TOKENS,
  ),
  row('kube/config', file(/kube\/config/), CLUSTERS),
  ...each(
    ['.cloudflared/', '.config/op/', '.config/sops/', '.config/github-copilot/', '.jfrog/'],
    CREDENTIALS_FOLDER,
  ),
  ...each(
    ['wpa_supplicant*.conf', '*.nmconnection'],
    'such files often hold passwords of networks',
  ),
  row('wg*.conf', file(/wg\d{1,3}\.conf/), 'such files often hold the keys of a VPN'),
  ...each(['shadow', 'shadow-', 'gshadow', 'gshadow-'], PASSWORDS),
  ...each(['*.passwd', '*_passwd'], PASSWORDS),
  ...each(['pwfile', 'pwfile.txt', 'password_file', 'passwordfile'], PASSWORDS),
  ...each(['kaggle.json'], CREDENTIALS),
  ...each(['hosts.json'], 'such files often name hosts and where their credentials lie'),
  row('.*history', file(/\.[^/]*history/), HISTORY),
  row(
    '*_history',
    file(
      /(?:bash|zsh|sh|ash|dash|ksh|csh|tcsh|fish|i?python|node_repl|mysql|mariadb|p?sql|sqlite|redis|rediscli|irb|pry|mongo(?:sh)?|influx|clickhouse(?:-client)?|php|lua)[-_]?history/,
    ),
    HISTORY,
  ),
  ...each(['core', '*.core', '*.dmp', '*.mdmp', '*.hprof', '*.heapsnapshot'], DUMP),
  row('core.*', file(/core\.(?:(?!so\.)[^/]*\.)?(?:\d+|dump|dmp)(?:\.(?:gz|xz|zst|lz4))?/), DUMP),
  // Named after the program. Data and settings (`core.yaml`) are not core dumps; a dump is also recognized by its
  // content.
  row(
    'core.*',
    notData(/core\.(?!(?:so|dll|dylib|wasm|exe|whl|conf|cfg|properties)(?:\.|$))[^/]+/),
    DUMP,
  ),
];

function row(rule: string, pattern: RegExp, reason: string): NamePattern {
  return { rule, pattern, reason };
}

/** One row per .gitignore pattern; a directory's ends with a slash. */
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

/** An environment file that is neither a sample without values nor code such as `env.d.ts`. */
function notSample({ source }: RegExp): RegExp {
  return new RegExp(`^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?${source}$`);
}
