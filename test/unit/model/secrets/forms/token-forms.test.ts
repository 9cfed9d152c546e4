import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { TOKEN_FORMS } from '../../../../../src/model/secrets/secret-texts.ts';
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

/** The five parts of RFC 7516; a direct key is empty. */
function jwe(header: object, key: string): string {
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString('base64url');
  return `${protectedHeader}.${key}.${mixed(16)}.${mixed(60)}.${mixed(22)}`;
}

/** With line ends and blanks, as the example of RFC 7515 has them. */
function inLines(header: object, claims: object): string {
  const part = (one: object) =>
    Buffer.from(JSON.stringify(one, null, 2).replaceAll('\n', '\r\n')).toString('base64url');
  return `${part(header)}.${part(claims)}.${mixed(43)}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
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
  ['a session token of AWS', [`AWS_SESSION_TOKEN=${mixed(200)}`]],
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
  [
    'a JSON Web Token',
    [
      jwt({ alg: 'HS256' }, { sub: 'edge-7', exp: 4e9 }),
      `/x%3D${jwt({ alg: 'HS256' }, { sub: 'edge-7' })}`,
    ],
  ],
  ['a JSON Web Token', [jwt({ typ: 'JWT', alg: 'ES256', kid: 'a' }, { iss: 'k8s' }, 86)]],
  ['a JSON Web Token', [jwt({ alg: 'RS256', x5c: [mixed(4000)] }, { roles: mixed(9000) })]],
  ['a JSON Web Token', [jwe({ alg: 'RSA-OAEP', enc: 'A256GCM' }, mixed(342))]],
  [
    'a JSON Web Token',
    [jwe({ alg: 'dir', enc: 'A128GCM' }, ''), base64(jwe({ alg: 'dir', enc: 'A256GCM' }, ''))],
  ],
  ['a JSON Web Token', [inLines({ alg: 'HS256' }, { sub: 'edge-7' })]],
  ['a JSON Web Token', [base64(jwt({ alg: 'RS256' }, { iss: 'kubernetes/serviceaccount' }))]],
  ['an AWS access key', [`A3TX${upper(16)}`]],
  ['a session token of AWS', [`IQoJb3JpZ2lu${mixed(300)}`]],
  ['an Azure storage key', [`${mixed(76)}+ASt${mixed(5)}Q==`, `${mixed(76)}ACDb${mixed(5)}A==`]],
  ['an Azure access key', [`${mixed(33)}+ASbB${mixed(5)}=`, `${mixed(33)}AIoTC${mixed(5)}=`]],
  ['an Azure access key', [`${mixed(42)}+ACRD${mixed(5)}`, `${mixed(44)}AzFu${mixed(5)}g==`]],
  ['an Azure access key', [`Endpoint=https://x.azconfig.io;Id=a-b-c;Secret=${mixed(43)}=`]],
  ['a Cloudflare key', ['cfut_', 'cfat_', 'cfk_'].map((x) => `${x}${mixed(40)}${lower(8)}`)],
  ['a Defined Networking key', [`dnkey-${mixed(26)}-${mixed(52)}`]],
  ['an Infracost key', [`ico-${mixed(32)}`]],
  ['a Supabase key', [`sb_secret_${mixed(22)}_${mixed(8)}`]],
  ['a SaladCloud key', [`salad_cloud_user_${mixed(40)}`]],
  ['a Volcengine access key', [`AKLT${mixed(43)}`, `AKTP${mixed(43)}`]],
  ['a Yandex Cloud key', [`AQVN${mixed(35)}`, `AQVN${mixed(38)}`, `YCP${mixed(37)}`]],
  ['a Yandex Cloud token', [`t1.${mixed(200)}.${mixed(86)}`]],
  ['a Ubidots token', [`BBFF-${mixed(30)}`]],
  ['a Netlify token', ['nfc_', 'nfo_', 'nfu_', 'nfb_'].map((x) => `${x}${mixed(36)}`)],
  ['a GitLab session', [`_gitlab_session=${lower(32)}`]],
  [
    'a GitLab token',
    [`glrtr-${mixed(20)}`, `glwt-${mixed(20)}`, `glrt-t1_${mixed(27)}.01.${lower(9)}`],
  ],
  ['a Bitbucket password', [`ATBB${mixed(32)}`]],
  ['a Bitbucket token', [`BBDC-${mixed(44)}`]],
  ['a crates.io token', [`cio${mixed(32)}`]],
  ['a SonarQube token', [`sqco_${mixed(59)}`]],
  ['a Sourcegraph token', [`slk_${lower(64)}`, `sgd_${lower(64)}.${lower(64)}`]],
  ['a TeamCity token', [`${['eyJ0eXAiOiAi', 'VENWMiJ9'].join('')}.${mixed(36)}.${mixed(48)}`]],
  ['a Dependency-Track key', [`odt_${mixed(32)}`]],
  ['a StackHawk key', [`hawk.${mixed(20)}.${mixed(20)}`]],
  ['an Endor Labs key', [`endr+${mixed(16)}`]],
  ['a Rootly key', [`rootly_${lower(64)}`]],
  ['a Nightfall key', [`NF-${mixed(32)}`]],
  ['a Figma token', [`figp_${mixed(40)}`]],
  ['a Linear token', [`lin_oauth_${lower(64)}`]],
  ['a Notion token', [`secret_${mixed(43)}`]],
  ['an Airtable token', [`pat${mixed(14)}.${lower(64)}`]],
  ['a LaunchDarkly key', [`sdk-${UUID}`, `api-${UUID}`]],
  ['a Contentful token', [`CFPAT-${mixed(43)}`]],
  [
    'an Intra 42 secret',
    ['s-s4t2ud-', 's-s4t2af-', 'u-s4t2ud-', 'u-s4t2af-'].map((x) => `${x}${lower(64)}`),
  ],
  ['a Sidekiq login', [`BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${lower(8)}:${lower(8)}`]],
  ['a Sidekiq login', [`a: "b" # https://${lower(8)}:${lower(8)}@gems.contribsys.com/`]],
  ['an Authress key', [`sc_${mixed(8)}.${mixed(5)}.acc_${mixed(12)}.${mixed(40)}`]],
  ['a Slack token', [`xoxc-${digits(12)}-${digits(12)}-${lower(64)}`]],
  ['a Slack session', [`xoxd-${mixed(80)}%2F${mixed(20)}`]],
  ['a Zapier webhook', [`https://hooks.zapier.com/hooks/catch/${digits(7)}/${lower(7)}/`]],
  ['a Discord webhook', [`https://discordapp.com/api/webhooks/${digits(18)}/${mixed(68)}`]],
  ['a Tines webhook', [`https://x-y.tines.com/webhook/${lower(32)}/${lower(32)}`]],
  [
    'a Square token',
    [`EAAAE${mixed(59)}`, `EAAA${mixed(22)}`, `EAAA${mixed(60)}`, `sq0csb-${mixed(43)}`],
  ],
  ['a Facebook token', [`EAAG${mixed(180)}`]],
  ['an EasyPost key', [`EZTK${mixed(54)}`]],
  ['a Duffel token', [`duffel_test_${mixed(43)}`]],
  ['a Shippo token', [`shippo_test_${lower(40)}`]],
  ['a Flutterwave key', [`FLWSECK_TEST-${lower(12)}`, `FLWSECK_TEST-${lower(32)}-X`]],
  ['a Plaid token', ['sandbox', 'development', 'production'].map((x) => `access-${x}-${UUID}`)],
  ['a GoCardless or Lob key', [`live_${mixed(40)}`, `live_${lower(35)}`]],
  ['a Pagar.me key', [`ak_live_${mixed(30)}`]],
  ['a Recharge or ElevenLabs key', [`sk_${lower(48)}`, `sk_1x1_${lower(64)}`]],
  ['a Klaviyo or ClickUp key', [`pk_${lower(34)}`, `pk_${digits(7)}_${upper(32)}`]],
  ['a Ramp secret', [`ramp_sec_${mixed(48)}`]],
  ['a Robinhood key', [`rh-api-${UUID}`]],
  ['a Fleetbase key', [`flb_live_${mixed(20)}`]],
  ['a Flexport key', [`shltm_${mixed(40)}`]],
  ['a Dropbox token', [`sl.${mixed(135)}`, `sl.u.${mixed(135)}`]],
  ['a HubSpot token', [`pat-na1-${UUID}`, `pat-eu1-${UUID.toUpperCase()}`]],
  ['a Mailchimp key', [`${lower(32)}-us12`]],
  ['a Mailgun key', [`key-${lower(32)}`]],
  ['a Mapbox token', [`sk.eyJ1${mixed(60)}.${mixed(22)}`]],
  ['a Typeform token', [`tfp_${mixed(59)}`]],
  ['a Salesforce session', [`00D${mixed(12)}!${mixed(96)}`]],
  ['a Salesforce token', [`5Aep861${mixed(80)}`]],
  ['a Zoho token', [`1000.${lower(32)}.${lower(32)}`]],
  ['a Close key', [`api_${mixed(22)}.${mixed(22)}`]],
  ['a Bannerbear key', [`bb_pr_${lower(30)}`, `bb_ma_${lower(30)}`]],
  ['a Fullstory key', [`na1.${mixed(100)}`]],
  ['an Apify token', [`apify_api_${mixed(36)}`]],
  ['a PubNub key', [`sec-c-${mixed(48)}`]],
  ['a New Relic key', [`NRII-${mixed(32)}`, `NRIQ-${mixed(32)}`, `${lower(32)}FFFFNRAL`]],
  ['a RapidAPI key', [`${lower(10)}msh${lower(15)}p1${lower(6)}jsn${lower(12)}`]],
  ['a Tableau token', [`${mixed(22)}==:${mixed(32)}`]],
  ['a Jina key', [`jina_${lower(32)}${mixed(28)}`]],
  ['a Tavily key', [`tvly-${mixed(32)}`, `tvly-dev-${mixed(32)}`]],
  ['a Firecrawl key', [`fc-${lower(32)}`]],
  ['a Voiceflow key', [`VF.DM.${lower(24)}.${mixed(16)}`]],
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

const JWT_IO = jwt({ alg: 'HS256' }, { sub: '1234567890', name: 'John Doe', iat: 1516239022 });

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
    [
      'the sample of RFC 7516',
      jwe({ alg: 'RSA-OAEP', enc: 'A256GCM' }, `OKOawDo13gRp2oja${mixed(40)}`),
    ],
    ['five parts without encryption', jwe({ alg: 'HS256' }, mixed(43))],
    ['a sample of documents', jwt({ alg: 'HS256' }, { some: 'payload' })],
    ['the sample of jwt.io in a header', `Authorization: Bearer ${JWT_IO}`],
    ['the sample of jwt.io as a value', `token: ${JWT_IO}`],
    [
      'a token that ended long ago',
      `TOKEN = "${jwt({ alg: 'HS256' }, { sub: 'edge-7', exp: 1.6e9 })}"`,
    ],
    [
      'claims deeper than kplugin follows',
      jwt({ alg: 'HS256' }, JSON.parse(`${'{"a":'.repeat(1200)}1${'}'.repeat(1200)}`)),
    ],
    ['claims that are no object', jwt({ alg: 'HS256' }, ['edge-7', 'edge-8', 'edge-9'])],
    ['data that begins as a key of Square', `"EAAA${'A'.repeat(20)}${mixed(36)}="`],
    [
      'a class of a sheet',
      'ico-arrow-left-and-right-with-a-name-of-more live_update_of_all_the_things_that_are_2',
    ],
    [
      'code',
      'pat.x = path.y; t1.x(sl.u, na1.b); key-value api-v1 sdk-2 secret_name -use jsn ==: pk_id sk_id',
    ],
    ['a picture in a cache', `cache/key-${lower(32)}.png-${lower(40)}-us`],
    ['what only begins like one', `eyJ${mixed(50)}.eyJ${mixed(50)}.${mixed(43)}`],
    ['a line without a token', `//r.example/:_authToken=\${NPM_TOKEN}`],
    ['a key of a document', 'sk_test_4eC39HqLyjWDarjtT1zdp7dc'],
    ['the name of a setting', `AWS_SESSION_TOKEN=$TOKEN\nsessionToken: string`],
    [
      'a signature of documents, which ended long ago',
      `?sp=r&amp;se=2023-12-20T22:54:52Z&amp;sv=2021-06-08&amp;sig=${mixed(42)}%2B%3D`,
    ],
    ['examples of AWS', `AKIAEXAMPLE${upper(9)} SessionToken: ${mixed(50)}EXAMPLE${mixed(50)}`],
    [
      'examples of GitHub and Google',
      'ghp_16C7e42F292c6912E7710c838347Ae178B4a AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe',
    ],
    ['an example of Slack', `hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`],
    ['a short signature', '?sv=1&sig=abc&se=2'],
  ])('are not seen in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });

  it.each([
    ['documents', { some: 'payload', sub: 'edge-7' }],
    ['tests', { iss: 'test' }],
    ['jwt.io, and an end', { sub: '1234567890', exp: 4e9 }],
  ])('a JSON Web Token with claims like those of %s is likely one', (_name, claims) => {
    expect(found(`a\nb = "${jwt({ alg: 'HS256' }, claims)}"`)).toEqual({
      what: 'a JSON Web Token',
      isPrivateKey: false,
      isGuess: true,
      line: 2,
    });
  });

  it('a text of nothing but beginnings of them is read once', { timeout: 180_000 }, () => {
    const needles = [
      'sig=',
      '://',
      'a://b',
      'eyJ',
      'eyJ-',
      'eyJ.',
      'ew0K',
      'ZXlK',
      '/ZXlK',
      '%3DZXlK',
      '%3DeyJ',
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
