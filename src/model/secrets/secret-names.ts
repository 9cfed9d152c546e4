/** Why a file of this name is taken for a secret. */
export interface SecretName {
  /** The pattern in the words of .gitignore: `*.tfstate`. */
  readonly rule: string;
  /** What such a file holds, after "it": `holds AWS credentials`. */
  readonly reason: string;
}

interface NamePattern extends SecretName {
  /** For a whole path in lower case; a directory's path ends with a slash. */
  readonly pattern: RegExp;
}

const SSH = 'is where SSH keeps private keys';
const ENVIRONMENT = 'environment files hold passwords and tokens';
const KEY_STORE = 'is a store of private keys';
const STATE = 'Terraform writes passwords into it';
const PASSWORDS = 'holds passwords';
const CREDENTIALS = 'holds credentials';
const HISTORY = 'is the history of a shell, with what was typed there';
const DUMP = 'is a memory dump of a program';

/** What a program is written in or compiled to: only its content is looked at, never its name. */
const CODE = String.raw`\.(?:pyi?|pyc|pyd|so|go|[cm]?[jt]sx?|c|cc|cpp|h|hpp|rs|java|class|rb|lua|html?|css|md|rst)$`;
/** `.env.example`, `sample.env`: files without values. */
const SAMPLE = String.raw`(?:\.(?:example|sample|template|dist|tmpl|tpl|defaults?)(?:\.[^/.]*)?|(?:^|/)(?:example|sample|template)[^/]*)$`;
const notCode = ({ source }: RegExp): RegExp => new RegExp(`^(?!.*${CODE})(?:.*/)?${source}$`);
/** A file of this name, or everything in a folder of this name. */
const named = ({ source }: RegExp): RegExp => new RegExp(`(?:^|/)${source}(?:/|$)`);
const file = ({ source }: RegExp): RegExp => new RegExp(`(?:^|/)${source}$`);

/**
 * A table of ours: the scanners with maintained rules (secretlint, gitleaks, detect-secrets) look at contents and know
 * a handful of names at most.
 */
const NAMES: readonly NamePattern[] = [
  row('.git', named(/\.git/), 'holds the history of the project, with all that was ever in it'),
  row('.ssh/', named(/\.ssh/), SSH),
  row('.gnupg/', named(/\.gnupg/), 'is where GnuPG keeps private keys'),
  row('.aws/', named(/\.aws/), 'holds AWS credentials'),
  row('.azure/', named(/\.azure/), 'holds Azure credentials'),
  row('.oci/', named(/\.oci/), 'holds Oracle Cloud credentials'),
  row('.aliyun/', named(/\.aliyun/), 'holds Alibaba Cloud credentials'),
  row('.kube/', named(/\.kube/), 'holds the credentials of Kubernetes clusters'),
  row('.config/gcloud/', named(/\.config\/gcloud/), 'holds Google Cloud credentials'),
  row('.config/gh/', named(/\.config\/(?:gh|hub|rclone|containers)/), CREDENTIALS),
  row(
    '.docker/config.json',
    named(/\.docker\/config\.json/),
    'holds the logins of container registries',
  ),
  row('.password-store/', named(/\.(?:password-store|secrets?|direnv|terraform)/), CREDENTIALS),
  row('.env', file(/\.env/), ENVIRONMENT),
  row('.env.*', notSample(/\.env\.[^/]+/), ENVIRONMENT),
  row('.envrc*', file(/\.envrc[^/]*/), ENVIRONMENT),
  row('.flaskenv', file(/\.flaskenv/), ENVIRONMENT),
  row('*.env', notSample(/[^/]+\.env/), ENVIRONMENT),
  row('env.*', notSample(/env\.[^/]+/), ENVIRONMENT),
  row('id_*', file(/id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:(?:[._-][^/]*)?(?<!\.pub))/), SSH),
  // `id_map.json` and `id_labels.txt` are data; a key with another name has no suffix, or that of a copy.
  row('id_*', file(/id_[^/.]+(?:\.(?:bak|old|orig|backup|key|pem|save))?/), SSH),
  row('*.p12', file(/[^/]*\.(?:p12|pfx|jks|jceks|keystore|bks|keytab)/), KEY_STORE),
  row('*.p8', file(/[^/]*\.(?:p8|pk8|ppk)/), 'is a private key'),
  row('*.kdbx', file(/[^/]*\.(?:kdbx?|agekey|keychain)/), 'is a store of passwords'),
  row(
    'secring.gpg',
    file(/(?:secring|secret|private)[^/]*\.(?:gpg|asc|pgp)/),
    'is a private key of GnuPG',
  ),
  row('.netrc', file(/[._]netrc/), PASSWORDS),
  row(
    '.npmrc',
    file(/\.(?:npmrc|yarnrc\.yml|yarnrc|pypirc|condarc)/),
    'holds the tokens of package registries',
  ),
  row('.git-credentials', file(/\.git-credentials/), PASSWORDS),
  row('.dockercfg', file(/\.docker(?:cfg|configjson)/), 'holds the logins of container registries'),
  row('.pgpass', file(/(?:\.pgpass|pgpass\.conf)/), PASSWORDS),
  row('.my.cnf', file(/\.(?:my|mylogin)\.cnf/), PASSWORDS),
  row('.htpasswd', file(/[._]?htpasswd[^/]*/), PASSWORDS),
  row('.s3cfg', file(/\.(?:s3cfg|boto|passwd-s3fs)/), CREDENTIALS),
  row('rclone.conf', file(/\.?rclone\.conf/), CREDENTIALS),
  row('.msmtprc', file(/\.(?:msmtprc|fetchmailrc|mutt_secrets|esmtprc)/), PASSWORDS),
  row(
    '.cargo/credentials*',
    file(/\.cargo\/credentials[^/]*/),
    'holds the tokens of package registries',
  ),
  row(
    '.gem/credentials',
    file(/\.gem\/credentials[^/]*/),
    'holds the tokens of package registries',
  ),
  row('.m2/settings.xml', file(/\.m2\/settings[^/]*\.xml/), PASSWORDS),
  row('.vault-token', file(/\.?vault[-_](?:token|pass(?:word)?)(?:\.txt)?/), CREDENTIALS),
  row('*.tfstate', file(/[^/]*\.tfstate(?:\.[^/]*)?/), STATE),
  row('*.tfvars', notSample(/[^/]*\.tfvars(?:\.json)?/), STATE),
  row('.terraformrc', file(/(?:\.terraformrc|terraform\.rc|credentials\.tfrc\.json)/), CREDENTIALS),
  row(
    'kubeconfig',
    notCode(/(?:[^/]*[._-])?kubeconfig(?:[._-][^/]*)?/),
    'holds the credentials of Kubernetes clusters',
  ),
  row('secrets.*', notCode(/\.?secrets?(?:\.[^/]+)?/), PASSWORDS),
  row('secrets.py', /^secrets\.py$/, PASSWORDS),
  row('*.secret', file(/[^/]+\.secrets?/), PASSWORDS),
  row(
    'passwords.*',
    file(/\.?passw(?:or)?ds?(?:\.(?:txt|json|ya?ml|toml|ini|csv|conf))?/),
    PASSWORDS,
  ),
  row(
    'credentials.json',
    file(/(?:[^/]*[._-])?credentials?\.(?:json|ya?ml|toml|ini|csv|xml|txt|cfg|conf|db)/),
    CREDENTIALS,
  ),
  row('credentials', file(/\.?credentials/), CREDENTIALS),
  row(
    'service-account*.json',
    file(/(?:[^/]*[._-])?service[-_]?account[^/]*\.json/),
    'holds the key of a Google service account',
  ),
  row('client_secret*.json', file(/client[-_]?secrets?[^/]*\.json/), CREDENTIALS),
  row(
    '*-firebase-adminsdk-*.json',
    file(/[^/]*firebase-adminsdk[^/]*\.json/),
    'holds the key of a Google service account',
  ),
  row('kaggle.json', file(/kaggle\.json/), CREDENTIALS),
  row('hosts.json', file(/hosts\.json/), 'names hosts and where their credentials lie'),
  row(
    '*_history',
    file(
      /(?:\.[^/]*|bash|zsh|sh|ash|fish|python|node_repl|mysql|psql|sqlite|redis|rediscli|irb|mongo)_?history/,
    ),
    HISTORY,
  ),
  row('core', file(/core/), DUMP),
  row('core.*', file(/core\.(?:(?!so\.)[^/]*\.)?(?:\d+|dump|dmp)(?:\.(?:gz|xz|zst|lz4))?/), DUMP),
];

const ANY = new RegExp(NAMES.map(({ pattern }) => `(?:${pattern.source})`).join('|'));

/**
 * What the name of a file (or of a folder above it) says: that it is there to hold a secret, or null. `path` is
 * relative with slashes; a directory's ends with one. Letter case does not count. Samples (`.env.example`), public keys
 * (`id_rsa.pub`) and program sources (`env.py`, `core.py`) are no secrets.
 */
export function secretName(path: string): SecretName | null {
  // No system has longer paths, and the patterns stay quick.
  const lower = path.slice(-4096).toLowerCase();
  if (!ANY.test(lower)) return null;
  const found = NAMES.find(({ pattern }) => pattern.test(lower));
  return found ? { rule: found.rule, reason: found.reason } : null;
}

function row(rule: string, pattern: RegExp, reason: string): NamePattern {
  return { rule, pattern, reason };
}

/** An environment file that is not a sample without values, nor code such as `env.d.ts`. */
function notSample({ source }: RegExp): RegExp {
  return new RegExp(`^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?${source}$`);
}
