import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_NAMES } from '../../../../src/model/secrets/forms/name-patterns.ts';
import { secretName } from '../../../../src/model/secrets/secret-names.ts';

describe('names of secrets', () => {
  it.each([
    ['.aws/ .aws/credentials a/.aws/config .azure/x .config/gcloud/x.db .config/gh/hosts.yml'],
    ['.docker/config.json .kube/ .kube/config kubeconfig admin.kubeconfig kubeconfig.yaml'],
    ['.git/ .git vendor/lib/.git .git/config .git-credentials .pgpass .my.cnf .yarnrc.yml .npmrc'],
    ['.cargo/credentials .cargo/credentials.toml .vault-token a.tfstate a.tfstate.backup'],
    ['prod.tfvars prod.auto.tfvars.json _netrc .netrc .htpasswd .envrc .envrc.local .flaskenv'],
    ['.env .ENV a/.env .env.production .env.local prod.env env.sh env.yaml prod.env.json'],
    [
      'id_rsa id_rsa.bak id_rsa_work id_ed25519 id_ed25519-work.old id_ecdsa_sk id_github.old keys/id_dsa',
    ],
    ['a.ppk a.p8 a.p12 A.PFX a.kdbx a.jks a.keystore a.keytab .gnupg/ .gnupg/x .ssh/config .ssh/'],
    [
      '.bash_history .python_history .zsh_history psql_history core core.1234 core.python3.1000.17 core.main core.gz .envs/.production/.django',
    ],
    ['secrets.json secrets.yaml a/secrets.toml secrets secret.yml secrets.py credentials.json'],
    ['gcp-credentials.json aws_credentials.csv credentials service-account.json'],
    [
      'my-service-account-1.json serviceAccountKey.json client_secret.json client_secret_1.apps.json',
    ],
    ['.my.cnf.bak .git-credentials.bak a.p12.bak .docker/config.json.bak .npmrc~ mysql_history'],
    [
      '.Renviron .Renviron.site .databrickscfg accessTokens.json .azure/azureProfile.json azureProfile.json msal_token_cache.json',
    ],
    [
      'sa-key.json sa-key-prod.json gcp-key.json gcp_key.json gcloud-key-1.json my-sa-key.json google-key.json x_firebase_adminsdk.json',
    ],
    [
      'local.settings.json master.key config/master.key config/credentials/production.key .netrc.gpg _netrc.gpg .authinfo.gpg',
    ],
    [
      'ssh_host_rsa_key ssh_host_ed25519_key etc/ssh_host_ecdsa_key wp-config.php a.publishsettings',
    ],
    [
      '.snowsql/config .dbt/profiles.yml .streamlit/secrets.toml .vscode/sftp.json sftp-config.json',
    ],
    [
      '.ftpconfig .smbcredentials office.ovpn key4.db login.keychain-db x.psafe3 .composer/auth.json',
    ],
    [
      '.codex/auth.json auth.json config/token.json token.pickle .claude.json .claude/.credentials.json .gemini/oauth_creds.json',
    ],
    ['.huggingface/token .cache/huggingface/token kube/config .kube/config my.cnf netrc .token'],
    ['secrets/x secrets/db.yaml a/secrets/tls/server.bin secret/mqtt secrets/api/v1/key.json'],
    ['local.env.json dev.env.yaml app-secrets.yaml app.secret.json api_key.txt my-api-keys.json'],
    ['wpa_supplicant.conf office.nmconnection wg0.conf .cloudflared/x.json etc/shadow pwfile'],
    [
      'id_rsa1 id_rsa.2024 tls.key private.key server.key.bak certs/device-1.key .pip/pip.conf pip.ini',
    ],
    ['a.core x.dmp heap.hprof a.heapsnapshot krb5cc_0 krb5cc_1000_x .erlang.cookie .emqx_cookie'],
    [
      'gh/hosts.yml dockerconfig.json .dockerconfigjson dockerconfigjson .mc/config.json x/.mcli/config.json',
    ],
    [
      '.influxdbv2/configs cifs-credentials .smbcredentials smbcredentials nats/edge.creds .ossutilconfig',
    ],
    [
      'chap-secrets ppp/pap-secrets shadow shadow- etc/gshadow .dev.vars .dev.vars.prod pip.conf mosquitto_passwd',
    ],
    [
      'token.txt cfg/token access_token auth-token.txt apikey api_key x/sitemanager.xml logins.json signons.sqlite .gradle/gradle.properties',
    ],
    [
      '.jupyter/jupyter_notebook_config.json .jupyter/jupyter_server_config.json settings-security.xml',
    ],
    ['.pip.conf gcloud.json wallet.dat .bitcoin/wallet.dat .snowsql .snowsql/history'],
    ['k3s.yaml .curlrc .wgetrc cookies.txt creds .pgpass.bak2'],
    ['hosts.json kaggle.json passwords.txt x-firebase-adminsdk-ab.json .pypirc secring.gpg'],
  ])('%s', (paths) => {
    expect(paths.split(' ').filter((path) => secretName(path) === null)).toEqual([]);
  });

  it.each([
    [
      'what the program needs',
      'main.py lib/core.py core.json core.yaml core.conf core.wasm core/ core/x.py env.py lib/env.py environment.yml',
    ],
    [
      'vendored modules',
      'lib/secrets.py site-packages/botocore/credentials.py x/env.d.ts core.so.1',
    ],
    [
      'data',
      'id_map keys/id_labels id_map.npy id_map.yaml id_net.tflite id_map.json id_to_label.json id_labels.txt train_history.json history.csv core.onnx',
    ],
    ['models', 'model.onnx secret_sauce.onnx models/policy.pt tokens.txt tokenizer.json vocab.txt'],
    ['public keys and certificates', 'id_rsa.pub ca.pem cacert.pem server.crt public.asc key.pub'],
    [
      'samples',
      '.env.example .envrc.example .envrc.sample .env.sample env.template example.env prod.tfvars.example',
    ],
    ['other files of git', '.gitignore .github/ .gitattributes'],
    [
      'environments and metadata',
      'env/ env/bin/python x.dist-info/METADATA hosts.py sources/x.json',
    ],
    [
      'public keys of hosts and other keys',
      'ssh_host_rsa_key.pub sa-key.pub master.key.pub key_map.json visa-keys.json nasakey.json settings.json oauth.json key.db',
    ],
    [
      'modules and samples',
      'secrets/ lib/secrets/ lib/secrets/__init__.py lib/secrets/v1/client.js secrets/README.md secrets/.gitkeep secrets/db.example.yaml secrets/ca.crt secrets/id.pub',
    ],
    [
      'words that only look alike',
      'huggingface/tokenizer.json tokens.txt tokens.json config token/ event_history env.json special_tokens_map.json my.conf netrc.py netrcs kube/deployment.yaml x.env.ts wg.conf shadow.png shadows envelope.json secretary/x authors.json api_keys.py',
    ],
    ['documents', 'secrets.md docs/credentials.md'],
    [
      'what is public',
      'public.key release-pub.key verify.key id_rsa.pub.old device.crt device.cer ca.pem id_ed25519-work.pub',
    ],
    [
      'what begins or ends alike',
      'id_rsatest.bin dmp core.core/x.py shadow.py hprof.py pip.py keys.txt keyboard.keys monkey hosts.yml config.json cookies.js cookie configs my_secrets_client.py',
    ],
    ['copies of what is none', 'id_rsa.pub (1)|main (1).py|notes copy.txt'],
  ])('are not those of %s', (_name, paths) => {
    const each = paths.split(paths.includes('|') ? '|' : ' ');
    expect(each.filter((path) => secretName(path) !== null)).toEqual([]);
  });

  it.each([
    ...['credentials (1).json', '.env copy', 'secrets copy.yaml', '.pgpass.old'],
    ...[
      'id_rsa (1)',
      'id_rsa copy',
      'id_rsa - Copy',
      'tls (2).key',
      '.pgpass - Copy (3)',
      '.env - Kopie',
    ],
  ])('a copy: %s', (path) => {
    expect(secretName(path)).not.toBeNull();
  });

  it('says the rule and what such a file holds', () => {
    expect(secretName('infra/prod.tfstate')).toEqual({
      rule: '*.tfstate',
      reason: 'Terraform may write passwords into such files',
    });
  });

  it.each([
    ['.pypirc', '.pypirc'],
    ['x.ppk', '*.ppk'],
    ['x.jks', '*.jks'],
    ['a/x.pfx', '*.pfx'],
    ['.config/rclone/rclone.conf', '.config/rclone/'],
    ['x.tfstate.backup', '*.tfstate.*'],
    ['.esmtprc', '.esmtprc'],
    ['.dockercfg', '.dockercfg'],
  ])('names the pattern of its own: %s', (path, rule) => {
    expect(secretName(path)?.rule).toBe(rule);
  });

  it('is quick whatever the name', { timeout: 180_000 }, () => {
    const part = fc.constantFrom(
      '/',
      '.',
      '_',
      'serviceaccount',
      'env.',
      'kubeconfig-',
      '.json',
      'a',
    );
    const name = fc.tuple(part, part, part).map((parts) => parts.join('').repeat(8000));
    fc.assert(
      fc.property(name, (path) => {
        secretName(path);
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  it('of a path is what its last names and its folders say, however deep it lies', () => {
    const name = fc.constantFrom(
      ...[
        '.aws',
        '.docker',
        '.config',
        'gcloud',
        'gh',
        '.cargo',
        '.m2',
        '.git',
        '.ssh',
        'core',
        'lib',
      ],
      ...['config.json', 'credentials.toml', 'settings.xml', 'secrets', 'id_rsa', '.env', 'a.p12'],
      ...['prod.tfvars', '.env.sample', 'core.1234', 'env.py', 'x.txt', 'kubeconfig', '.netrc.bak'],
    );
    const path = fc.tuple(fc.array(name, { minLength: 2, maxLength: 4 }), fc.constantFrom('', '/'));
    fc.assert(
      fc.property(path, fc.integer({ min: 1, max: 60 }), ([names, end], depth) => {
        const own = `${names.join('/')}${end}`;
        expect(secretName(`${'d/'.repeat(depth)}${own}`)).toEqual(secretName(own));
      }),
      { seed: 13, numRuns: 1000 },
    );
    expect(secretName('lib/secrets.py')).toBeNull();
  });
});

it('a name tells what such files often hold, not what this one holds', () => {
  const sure = SECRET_NAMES.filter(({ reason }) => !/\b(?:often|may)\b/.test(reason));
  expect(sure).toEqual([]);
});

it.each([
  ['a/'.repeat(2000).concat('.env'), true],
  [`${'a'.repeat(251)}.env`, true],
  [`${'a'.repeat(252)}.env`, false],
  [`${'a'.repeat(256)}/.env`, false],
])('a name that no system can hold is not looked at, a long path is', (path, isSecret) => {
  expect(secretName(path) !== null).toBe(isSecret);
});
