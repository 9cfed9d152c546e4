import { describe, expect, it } from 'vitest';
import { isSourceLogin } from '../../../../../src/model/secrets/forms/logins.ts';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { repeated } from '../../../../fixtures/fake-secrets.ts';

const found = (text: string) => secretIn(Buffer.from(text));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Nobody's. */
const PW = ['Vq7', 'mZt9kL2w'].join('#');
const MADE = ['Tz8mWq', '4Lk9xP'].join('');

describe('a password in clear text', () => {
  it.each([
    ['Python', `MQTT_PASSWORD = "${PW}"\n`],
    ['a dictionary', `{'password': '${PW}'}`],
    ['a call', `connect(user="edge", password='${PW}')`],
    ['Go', `opts.Password = "${PW}"\n`],
    ['a raw text of Go', `const password = \`${PW}\`\n`],
    ['a short variable of Go', `password := "${PW}"\n`],
    ['a map of PHP or Ruby', `'password' => '${PW}'`],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ password: PW }))],
    ['YAML', `mqtt:\n  password: ${MADE}\n`],
    ['properties', `spring.datasource.password=${MADE}\r\nx=y\n`],
    ['a script', `export DB_PASS=${MADE}\n`],
    ['a key of a network', `WIFI_PSK = "${PW}"\n`],
    ['a connection string', `"Server=tcp:x,1433;User ID=app;Password=${MADE};Encrypt=True"`],
    ['an ODBC string', `"DRIVER={x};UID=app;Pwd=${MADE}"`],
    ['JDBC', `url=jdbc:mysql://db:3306/x?user=root&password=${MADE}\n`],
    ['JAAS', `sasl.jaas.config=x.PlainLoginModule required username="a" password="${PW}";`],
    ['the last line', `password=${MADE}`],
    ['UTF-16', `\ufeffpassword=${MADE}`],
  ])('in %s', (name, text) => {
    const bytes = name === 'UTF-16' ? Buffer.from(text, 'utf16le') : Buffer.from(text);
    expect(secretIn(bytes)).toMatchObject({
      what: 'a password in clear text',
      isPrivateKey: false,
    });
  });

  it.each([
    ['the environment', 'password = os.environ["MQTT_PASSWORD_2b"]\n'],
    [
      'a placeholder',
      'password: $'.concat('{MQTT_PASSWORD}\npassword: "{{ .Values.Pw1 }}"\npassword: %s\n'),
    ],
    ['a sample', 'password: changeme1A!\npassword = "your-Secret1"\nPASSWORD="S3cr3tP@ss1"\n'],
    ['a place kept free', 'password = "xxxxxxxxXX1!"\npassword = "********"\n'],
    ['a default', 'password = "Admin123!"\npassword: "Welcome1!"\n'],
    ['words', '{"password": "Passwort", "psk": "Netzwerkschlüssel eingeben"}'],
    ['a program', 'password = readKey2FromVault\npassword: cfg.Db2.Pw1\npwd = os.getcwd()\n'],
    ['a type', 'password: string;\npassword?: Base64Text2\n'],
    ['a call without a literal', 'connect(password=self.Pw1X2y3Z4)\n'],
    [
      'a hash',
      `password = "$2b$12$${repeated('aB3', 53)}"\npassword = "pbkdf2_sha256$2$aB3$xY="\n`,
    ],
    ['a checksum', `password: ${repeated('0a1B2c', 64)}\n`],
    ['a file', 'password: /run/keys/Mqtt1pW2x\npassword=./Mqtt1pW2x\nPWD=/home/Edge1/x2Y3\n'],
    ['another name', `password_hash_file = "${PW}"\npasswords_seen = "${PW}"\n`],
    ['HTML', '<input type="password" name="current-login" autocomplete="off">'],
  ])('not in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });

  it('in a source is left to the rule that warns of it', () => {
    const secret = { isGuess: true };
    expect(isSourceLogin('sources/mqtt.yaml', secret)).toBe(true);
    expect(isSourceLogin('settings.yaml', secret)).toBe(false);
  });

  it('hides no token behind it', () => {
    expect(found(`password = "${PW}"\nk = "ghp_${repeated('aB3', 36)}"\n`)?.what).toBe(
      'a GitHub token',
    );
  });
});

describe('a login', () => {
  it.each([
    ['a login in a header of HTTP', `Authorization: Basic ${base64(`edge:${PW}`)}\n`],
    ['a login in a header of HTTP', `headers:\n  Authorization: 'Basic ${base64(`edge:${PW}`)}'\n`],
    ['a login in a header of HTTP', `{"Authorization": "Basic ${base64(`edge:${PW}`)}"}`],
    ['a login in a header of HTTP', `h = {'Authorization': b'Basic ${base64(`edge:${PW}`)}'}`],
    ['a login in a header of HTTP', `h = "Basic " + "${base64(`edge:${PW}`)}"`],
    ['a login in a header of HTTP', `curl -H 'authorization: basic ${base64(`:${PW}`)}' h`],
    ['a login in a header of HTTP', `x: Basic ${base64(`${repeated('q7Rt2Kz9Lm4P', 32)}:`)}`],
    ['a login of a container registry', `{"auths":{"r.io":{"auth": "${base64(`edge:${PW}`)}"}}}`],
    ['a login of a database', `dsn := "app:${MADE}@tcp(10.0.0.9:3306)/app"`],
    ['a login in a call', `client.username_pw_set("edge", "${PW}")`],
    ['a login in a call', `client.username_pw_set(\n    username="edge", password='${PW}')`],
    ['a login in a call', `opts.SetPassword("${PW}")`],
    ['a login in a command', `sshpass -p ${PW} scp x root@box:/\n`],
    ['a login in a command', `curl -s -u edge:${PW} https://x/api\n`],
    ['a login in a command', `curl -sSu edge:${PW} https://x/api\n`],
    ['a login in a command', `curl -uedge:${PW} https://x/api\n`],
    ['a login in a command', `curl https://x/api \\\n  --proxy-user='edge:${PW}'\n`],
    ['a login in a command', `subprocess.run(["curl", "-u", "edge:${PW}", URL])\n`],
    [
      'a state of Terraform',
      '{"version": 4, "terraform_version": "1.5.0", "serial": 3, "lineage": "x"}',
    ],
    ['an AWS secret key', `secret_access_key: ${repeated('wJa/r5', 40)}\n`],
  ])('%s', (what, text) => {
    expect(found(`# settings\n${text}`)).toMatchObject({ what, line: expect.any(Number) });
  });

  it.each([
    [
      'the samples of RFCs',
      `Basic ${base64('Aladdin:open sesame')}\nBasic czZCaGRSa3F0MzpnWDFmQmF0M2JW\n`,
    ],
    ['words', 'Basic authentication is described below. Basic Constraints12\n'],
    ['a sample', `Basic ${base64('user:password1')}\n{"auth": "${base64('user:changeme')}"}`],
    ['another member', `{"auth": "${base64('a sentence without it')}"}`],
    ['a sample of a driver', 'user:password@tcp(localhost:3306)/db root:secret@unix(/x)'],
    [
      'what is handed on',
      'client.username_pw_set(user, password)\nopts.SetPassword(os.Getenv("PW1x"))\n',
    ],
    [
      'other commands',
      'diff -u file1.txt file2.txt\nmocha -u mocha-qunit-ui x\npip install --user wheel2\n',
    ],
    [
      'what curl is handed',
      'curl -u "$USER1:$PW2x" h\ncurl --user edge:$'.concat('{PW1x} h\ncurl -u user:password1 h\n'),
    ],
    ['a user and a group', 'docker run -u app1:Group2 x\n'],
    [
      'settings of Terraform',
      'terraform { required_version = "1.5" }\n{"terraform_version": "1.5.0"}',
    ],
    [
      'the key of the documentation',
      'aws_secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
    ],
  ])('not %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });
});
