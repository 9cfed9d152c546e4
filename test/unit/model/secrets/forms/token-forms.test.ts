import { describe, expect, it } from 'vitest';
import { TOKEN_FORMS } from '../../../../../src/model/secrets/forms/token-forms.ts';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { repeated } from '../../../../fixtures/fake-secrets.ts';

const found = (text: string) => secretIn(Buffer.from(text));
const mixed = (length: number) => repeated('aB3', length);
const upper = (length: number) => repeated('Q3E', length);
const lower = (length: number) => repeated('a3b', length);
const digits = (length: number) => repeated('123', length);
const UUID = `${lower(8)}-${lower(4)}-${lower(4)}-${lower(4)}-${lower(12)}`;

function jwt(header: object, claims: object, signature = 43): string {
  const part = (one: object) => Buffer.from(JSON.stringify(one)).toString('base64url');
  return `${part(header)}.${part(claims)}.${repeated('aB3', signature)}`;
}

/** Beside those of secret-content.test.ts: prefix and the rest, as the issuer writes them. */
const TOKENS: readonly (readonly [string, readonly string[]])[] = [
  ['an AWS access key', [`ABIA${upper(16)}`, `ACCA${upper(16)}`]],
  ['an Amazon Bedrock key', [`ABSK${mixed(128)}=`]],
  ['an Amazon Bedrock key', ['bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9B']],
  ['a client secret of Microsoft Entra ID', [`aB38Q~${mixed(34)}`, `.~_7Q~${mixed(31)}`]],
  ['a Google access token', [`ya29.${mixed(160)}`, `ya29.c.${mixed(160)}`]],
  ['a Google refresh token', [`1//0g${mixed(100)}`]],
  ['a DigitalOcean token', [`dor_v1_${lower(64)}`]],
  ['a Cloudflare Origin CA key', [`v1.0-${lower(24)}-${lower(146)}`]],
  ['a Heroku key', [`HRKU-AA${mixed(58)}`]],
  ['a Fly.io token', [`fm2_${mixed(200)}==`, `fm1r_${mixed(200)}`, `fo1_${mixed(43)}`]],
  ['a Netlify token', [`nfp_${mixed(36)}`]],
  ['a Supabase token', [`sbp_${lower(40)}`]],
  ['a Scalingo token', [`tk-us-${mixed(48)}`]],
  ['an OpenShift token', [`sha256~${mixed(43)}`]],
  ['a PlanetScale password', [`pscale_pw_${mixed(43)}`, `pscale_tkn_${mixed(43)}`]],
  ['a ClickHouse Cloud key', [`4b1d${mixed(38)}`]],
  ['a Terraform Cloud token', [`${mixed(14)}.atlasv1.${mixed(67)}`]],
  ['a Pulumi token', [`pul-${lower(40)}`]],
  ['a Doppler token', [`dp.pt.${mixed(43)}`, `dp.st.prd.${mixed(43)}`]],
  ['a 1Password token', [`ops_eyJ${mixed(600)}`]],
  ['a 1Password secret key', [`A3-${upper(6)}-${upper(6)}-${upper(5)}-Q3E4R-Q3E4R-Q3E4R`]],
  ['an Adafruit IO key', [`aio_${mixed(28)}`]],
  ['a GitLab token', [`glcbt-64_${mixed(20)}`, `gloas-${mixed(64)}`, `glptt-${lower(40)}`]],
  ['a GitLab token', [`GR1348941${mixed(20)}`, `glft-${mixed(20)}`, `glsoat-${mixed(20)}`]],
  ['an Atlassian token', [`ATATT3${mixed(186)}`]],
  ['a RubyGems token', [`rubygems_${lower(48)}`]],
  ['a Clojars token', [`CLOJARS_${lower(60)}`]],
  ['a NuGet key', [`oy2${lower(43)}`]],
  ['an Artifactory key', [`AKCp${mixed(69)}`]],
  ['an Artifactory token', [`cmVmd${mixed(59)}`]],
  ['a Docker Hub token', [`dckr_oat_${mixed(27)}`]],
  ['a Postman key', [`PMAK-${lower(24)}-${lower(34)}`]],
  ['a Prefect token', [`pnu_${mixed(36)}`]],
  ['an Octopus Deploy key', [`API-${upper(26)}`]],
  ['a Harness token', [`pat.${mixed(22)}.${mixed(24)}.${mixed(20)}`]],
  ['a Sourcegraph token', [`sgp_${lower(40)}`, `sgp_local_${lower(40)}`]],
  ['a Figma token', [`figd_${mixed(40)}`]],
  ['a Linear key', [`lin_api_${mixed(40)}`]],
  ['a Notion token', [`ntn_${digits(11)}${mixed(35)}`]],
  ['a Slack webhook', [`https://hooks.slack.com/workflows/${mixed(50)}`]],
  [
    'a Teams webhook',
    [`https://x.webhook.office.com/webhookb2/${UUID}@${UUID}/IncomingWebhook/${lower(32)}`],
  ],
  ['a Discord webhook', [`https://discord.com/api/webhooks/${digits(18)}/${mixed(68)}`]],
  ['a DingTalk webhook', [`https://oapi.dingtalk.com/robot/send?access_token=${lower(64)}`]],
  ['a WeCom webhook', [`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${UUID}`]],
  ['a Feishu webhook', [`https://open.feishu.cn/open-apis/bot/v2/hook/${UUID}`]],
  ['a Telegram token', [`${digits(10)}:AA${mixed(33)}`, `bot${digits(10)}:AA${mixed(33)}/send`]],
  ['a signing secret of webhooks', [`whsec_${mixed(32)}`]],
  ['a Brevo key', [`xkeysib-${lower(64)}-${mixed(16)}`]],
  ['a Square token', [`sq0atp-${mixed(22)}`]],
  ['a Flutterwave key', [`FLWSECK-${lower(32)}-X`]],
  ['an EasyPost key', [`EZAK${mixed(54)}`]],
  ['a Duffel token', [`duffel_live_${mixed(43)}`]],
  ['a Shippo token', [`shippo_live_${lower(40)}`]],
  ['a Facebook token', [`EAAC${mixed(180)}`]],
  ['a Frame.io token', [`fio-u-${mixed(64)}`]],
  ['a ReadMe key', [`rdme_${lower(70)}`]],
  ['an Adobe client secret', [`p8e-${mixed(32)}`]],
  ['a Dynatrace token', [`dt0c01.${upper(24)}.${upper(64)}`]],
  ['a Grafana token', [`glc_eyJ${mixed(100)}=`, `eyJrIjoi${mixed(100)}`]],
  ['a New Relic key', [`NRAK-${upper(27)}`]],
  ['a Sentry token', [`sntrys_eyJ${mixed(200)}=_${mixed(43)}`, `sntryu_${lower(64)}`]],
  ['a SettleMint token', [`sm_pat_${mixed(16)}`]],
  ['a MaxMind licence key', [`${mixed(6)}_${mixed(29)}_mmk`]],
  ['an OpenRouter key', [`sk-or-v1-${lower(64)}`]],
  ['an API key of a model', [`sk-${lower(32)}`, `sk-${mixed(48)}`]],
  ['a Groq key', [`gsk_${mixed(52)}`]],
  ['an xAI key', [`xai-${mixed(80)}`]],
  ['a Perplexity key', [`pplx-${mixed(48)}`]],
  ['an NVIDIA key', [`nvapi-${mixed(64)}`]],
  ['a Replicate token', [`r8_${mixed(37)}`]],
  ['a LangSmith key', [`lsv2_pt_${lower(32)}_${lower(10)}`]],
  ['a SonarQube token', [`squ_${lower(40)}`, `sqp_${lower(40)}`, `sqa_${lower(40)}`]],
  ['a Buildkite token', [`bkua_${lower(40)}`]],
  ['a CircleCI token', [`CCIPAT_${mixed(22)}_${lower(40)}`, `CCIPRJ_${mixed(22)}_${lower(40)}`]],
  ['a Snyk token', [`snyk_uat.${lower(8)}.${mixed(60)}.${mixed(20)}`]],
  ['a PostHog key', [`phx_${mixed(43)}`]],
  ['a Deno Deploy token', [`ddp_${mixed(36)}`]],
  ['a Baidu AI Cloud key', [`bce-v3/ALTAK-${mixed(21)}/${lower(40)}`]],
  ['a Stripe key for tests', [`sk_test_${mixed(24)}`, `rk_test_${mixed(99)}`]],
  ['a signed URL of AWS', [`https://b.s3.amazonaws.com/k?a=1&X-Amz-Signature=${lower(64)}`]],
  ['a session token of AWS', [`AWS_SESSION_TOKEN=IQoJb3JpZ2lu${mixed(200)}`]],
  ['a token of a package registry', [`//r.example/:_authToken=${UUID}`]],
  ['a password of a package registry', [`//r.example/:_auth=${mixed(20)}`]],
  [
    'a password in a URL',
    [
      ...['mqtt', 'postgres', 'redis', 'mongodb+srv', 'amqps', 'https'].map(
        (scheme) => `${scheme}://edge:hunter2@h.lan:1/x`,
      ),
      'redis://:Xk_99-aZ@h',
      'url=mqtts://a:b%40c!d1@[::1]:1883',
    ],
  ],
  ['a JSON Web Token', [jwt({ alg: 'HS256' }, { sub: 'edge-7', exp: 1 })]],
  ['a JSON Web Token', [jwt({ typ: 'JWT', alg: 'ES256', kid: 'a' }, { iss: 'k8s' }, 86)]],
  ['a Pinecone key', [`pcsk_${mixed(6)}_${mixed(63)}`]],
  [
    'a shared access signature of Azure',
    [
      `https://x.blob.core.windows.net/c?sv=2022-11-02&se=2026-01-01&sr=c&sig=${mixed(42)}%2B%3D`,
      `SharedAccessSignature sr=h%2Fdevices%2Fd&sig=${mixed(43)}=&se=1700000000`,
      `?sig=${mixed(43)}%3D\\u0026sv=2022-11-02`,
    ],
  ],
];

describe('tokens with a fixed part', () => {
  it.each(TOKENS)('%s', (what, texts) => {
    for (const text of texts) {
      const line = expect.objectContaining({ what, isPrivateKey: false, line: 3 });
      expect(found(`# settings\n\nTOKEN = "${text}"\n`), text).toEqual(line);
      expect(found(`a:\nb:\n- ${text}`), text).toEqual(line);
    }
  });

  it.each([
    ['another word in front', TOKENS.slice(0, -1).map(([, [text]]) => `my${text}`)],
    ['the prefix alone', TOKEN_FORMS.flatMap(({ needles }) => needles)],
    [
      'rows of x',
      TOKEN_FORMS.filter(({ front }) => !front).flatMap(({ needles }) =>
        needles.map((needle) => `${needle}${'x'.repeat(100)}`),
      ),
    ],
  ])('are not seen in %s', (_name, texts) => {
    const webhooks = /https|access_token|\.com|\.cn|:\/\/|:_auth/;
    expect(texts.filter((text) => !webhooks.test(text) && found(`k: ${text}\n`))).toEqual([]);
  });

  it.each([
    ['data in base64', `${mixed(80)}/ABSK${mixed(128)}`],
    ['a hash', `4b1d${lower(60)}`],
    ['a picture', `<img src="/ico-${lower(32)}.png">`],
    [
      'names',
      'dp.st.value pat.match(x) xai-library sk-learn-contrib-categorical_encoders_and_more_of_it',
    ],
    ['a comment', '1//0'],
    ['a time', `12:AA${mixed(10)}`],
    ['an image by its digest', `x@sha256:${lower(64)}`],
    ['a signature of another kind', `?sig=${mixed(43)}=`],
    ['a URL of documents', 'mqtt://user:password@host amqp://guest:guest@localhost:5672//'],
    ['a URL of libraries', 'http://u:p%40ssword@g http://u:pa%2Fssword@d https://u:he%2F%2Fo@p'],
    ['a URL of libraries', 'postgresql+psycopg2://scott:tiger@localhost/test http://user:Pass1!@h'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people write into settings
    ['a URL that is filled in', 'https://u:${PW}@h mqtt://u:<pw>@h redis://:***@h http://u:%s@h'],
    ['a URL that is filled in', 'https://u:{{ .Values.pw1 }}@h mqtt://u:$PW_1@h a://b:%PW1%@c'],
    ['a URL with a port', 'https://h:8080/a@b http://[::1]:80 tcp://127.0.0.1:1883 mailto:a@b.c'],
    ['a token without algorithm', jwt({ typ: 'JWT' }, { sub: 'edge-7' })],
    ['a token without signature', jwt({ alg: 'HS256' }, { sub: 'edge-7' }, 4)],
    ['an unsigned token', jwt({ alg: 'none' }, { sub: 'edge-7' })],
    ['the sample of jwt.io', jwt({ alg: 'HS256' }, { sub: '1234567890', name: 'John Doe' })],
    ['a sample of tests', jwt({ alg: 'HS256' }, { iss: 'test', exp: 1516239022 })],
    ['a sample of documents', jwt({ alg: 'HS256' }, { some: 'payload' })],
    ['what only begins like one', `eyJ${mixed(50)}.eyJ${mixed(50)}.${mixed(43)}`],
    ['a line without a token', `//r.example/:_authToken=\${NPM_TOKEN}`],
    ['a key of a document', 'sk_test_4eC39HqLyjWDarjtT1zdp7dc'],
    ['the name of a setting', `AWS_SESSION_TOKEN=$TOKEN\nsessionToken: string`],
    ['a short signature', '?sv=1&sig=abc&se=2'],
  ])('are not seen in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });

  it('a text of nothing but beginnings of them is read once', { timeout: 60_000 }, () => {
    const needles = [
      'sig=',
      '://',
      'a://b',
      'eyJ',
      'eyJ-',
      'eyJ.',
      ...TOKEN_FORMS.flatMap((form) => form.needles),
    ];
    for (const needle of needles) {
      const own = needle.repeat(1024 ** 2 / 10 / needle.length);
      expect(found(own)?.isPrivateKey ?? false, needle).toBe(false);
    }
    const logins = [
      'a://b:cd ',
      'a://b:Cd3456',
      ' eyJhbGciOiJIUzI1NiJ9.eyJ',
      '\neyJ-aaaaaaaaa.eyJ',
    ];
    for (const part of logins) {
      expect(found(part.repeat(1024 ** 2 / part.length)), part).toBeNull();
    }
    const signature = `sig=${mixed(43)}= `;
    expect(found(signature.repeat(1024 ** 2 / signature.length))).toBeNull();
  });
});
