/** A token that its issuer marks with a fixed part, and gives a fixed or a least length. */
export interface TokenForm {
  /** With its article: `a GitHub token`. */
  readonly what: string;
  /** The fixed parts: three characters or more, most often the beginning. */
  readonly needles: readonly string[];
  /** What follows the fixed part. Sticky, of bounded length. */
  readonly rest: RegExp;
  /** What stands in front of a fixed part that is not the beginning: ends with `$`, 80 characters at most. */
  readonly front?: RegExp;
  /** What is no secret, because its issuer prints it in documents. */
  readonly sample?: RegExp;
}

const SLACK = ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-'];
const GITLAB = ['glpat-', 'gldt-', 'glrt-', 'glft-', 'glffct-', 'glimt-', 'glsoat-', 'GR1348941'];
const DOPPLER = ['dp.pt.', 'dp.st.', 'dp.sa.', 'dp.ct.', 'dp.scim.', 'dp.audit.'];
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Of clouds, hosts of sources, registries and what runs programs. */
const OF_CLOUDS: readonly TokenForm[] = [
  of('an AWS access key', 'AKIA ASIA ABIA ACCA', /[A-Z2-7]{16}(?![A-Za-z0-9_])/y, /EXAMPLE$/),
  of(
    'an AWS secret key',
    'aws_secret_access_key AWS_SECRET_ACCESS_KEY secret_access_key SECRET_ACCESS_KEY SecretAccessKey secretAccessKey',
    assigned(40),
    /EXAMPLE/,
  ),
  of(
    'a session token of AWS',
    'aws_session_token AWS_SESSION_TOKEN SessionToken sessionToken',
    assignedAtLeast(40),
  ),
  of('a signed URL of AWS', 'X-Amz-Signature=', /[a-f0-9]{64}(?!\w)/y),
  of('a signed URL of Google Cloud', 'X-Goog-Signature=', /[a-f0-9]{128}/y),
  of('a Baidu AI Cloud key', 'bce-v3/ALTAK-', /[A-Za-z0-9]{16,32}\/[a-f0-9]{40}/y),
  of('an Amazon Bedrock key', 'ABSK', /[A-Za-z0-9+/]{100}/y),
  of('an Amazon Bedrock key', 'bedrock-api-key-', /YmVkcm9jay5hbWF6b25hd3MuY29t/y),
  of(
    'an Azure storage key',
    'AccountKey=',
    /[A-Za-z0-9+/]{86}==/y,
    /^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6/,
  ),
  of('an Azure access key', 'SharedAccessKey=', /[A-Za-z0-9+/]{43}=/y),
  {
    what: 'a client secret of Microsoft Entra ID',
    needles: Array.from({ length: 10 }, (_, digit) => `${digit}Q~`),
    front: /(?:^|[^\w~.-])[\w~.]{3}$/,
    rest: /[\w~.-]{31,34}(?![\w~-])/y,
  },
  of('a Google API key', 'AIza', /[\w-]{35}(?![\w-])/y),
  of('a Google client secret', 'GOCSPX-', /[\w-]{28}/y),
  of('a Google access token', 'ya29.', /(?:[a-z]\.)?[\w-]{30}/y),
  of('a Google refresh token', '1//0', /[\w-]{40}/y),
  of('an Alibaba Cloud access key', 'LTAI', /[A-Za-z0-9]{20}(?![A-Za-z0-9])/y),
  of('a Tencent Cloud access key', 'AKID', /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y),
  of('a DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', /[a-f0-9]{64}/y),
  of('a Cloudflare Origin CA key', 'v1.0-', /[a-f0-9]{24}-[a-f0-9]{146}/y),
  of('a Heroku key', 'HRKU-AA', /[\w-]{50}/y),
  of('a Fly.io token', 'fm2_ fm1a_ fm1r_', /[A-Za-z0-9+/]{100}/y),
  of('a Fly.io token', 'fo1_', /[\w-]{43}(?![\w-])/y),
  of('a Netlify token', 'nfp_', /[A-Za-z0-9]{36}(?!\w)/y),
  of('a Supabase token', 'sbp_', /[a-f0-9]{40}(?!\w)/y),
  of('a Scalingo token', 'tk-us-', /[\w-]{48}/y),
  of('an OpenShift token', 'sha256~', /[\w-]{43}(?![\w-])/y),
  of('a Databricks token', 'dapi', /[a-f0-9]{32}(?![a-f0-9])/y),
  of('a PlanetScale password', 'pscale_tkn_ pscale_oauth_ pscale_pw_', /[\w=.-]{32}/y),
  of('a ClickHouse Cloud key', '4b1d', /[A-Za-z0-9]{38}(?!\w)/y),
  {
    what: 'a Terraform Cloud token',
    needles: ['.atlasv1.'],
    front: /(?:^|\W)[A-Za-z0-9]{14}$/,
    rest: /[\w=-]{60}/y,
  },
  of('a Pulumi token', 'pul-', /[a-f0-9]{40}/y),
  of('a Vault token', 'hvs. hvb. hvr.', /[\w-]{24}/y),
  of('a Doppler token', DOPPLER, /(?:[\w-]{1,35}\.)?[A-Za-z0-9]{40}/y),
  of('a 1Password token', 'ops_eyJ', /[\w+/-]{200}/y),
  of(
    'a 1Password secret key',
    'A3-',
    /[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}(?!\w)/y,
  ),
  of('a Tailscale key', 'tskey-auth- tskey-api- tskey-client-', /\w{8}/y),
  of('an Adafruit IO key', 'aio_', /[A-Za-z0-9]{28}(?!\w)/y),
];

/** Of where programs are written, built and kept. */
const OF_FORGES: readonly TokenForm[] = [
  of('a GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_', /[A-Za-z0-9]{36}/y),
  of('a GitHub token', 'github_pat_', /\w{40}/y),
  of('a GitLab token', GITLAB, /[\w-]{20}/y),
  of('a GitLab token', 'glcbt-', /\w{1,5}_[\w-]{20}/y),
  of('a GitLab token', 'glagent- gloas- glptt-', /[\w-]{40}/y),
  of('an Atlassian token', 'ATATT3 ATCTT3', /[\w=-]{150}/y),
  of('an npm token', 'npm_', /[A-Za-z0-9]{36}/y),
  of('a PyPI token', 'pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZw', /[\w-]{50}/y),
  of('a RubyGems token', 'rubygems_', /[a-f0-9]{48}/y),
  of('a Clojars token', 'CLOJARS_', /[a-z0-9]{60}/y),
  of('a NuGet key', 'oy2', /[a-z0-9]{43}(?!\w)/y),
  of('an Artifactory key', 'AKCp', /[A-Za-z0-9]{69}(?!\w)/y),
  of('an Artifactory token', 'cmVmd', /[A-Za-z0-9]{59}(?!\w)/y),
  of('a SonarQube token', 'squ_ sqp_ sqa_', /[a-f0-9]{40}(?!\w)/y),
  of('a Buildkite token', 'bkua_', /[a-f0-9]{40}(?!\w)/y),
  of('a CircleCI token', 'CCIPAT_ CCIPRJ_', /[A-Za-z0-9]{20,24}_[a-f0-9]{40}(?!\w)/y),
  of('a Snyk token', 'snyk_uat. snyk_sat.', /[a-f0-9]{8}\.[\w.-]{20}/y),
  of('a Deno Deploy token', 'ddp_ ddw_', /[A-Za-z0-9]{36}(?!\w)/y),
  of('a token of a package registry', ':_authToken=', /["']?(?=[^\s"']{0,60}\d)[\w+/=.-]{16}/y),
  of('a password of a package registry', ':_auth= :_password=', /["']?[A-Za-z0-9+/]{12}/y),
  of('a Docker Hub token', 'dckr_pat_ dckr_oat_', /[\w-]{27}/y),
  of('a Postman key', 'PMAK-', /[a-fA-F0-9]{24}-[a-fA-F0-9]{34}/y),
  of('a Prefect token', 'pnu_', /[A-Za-z0-9]{36}(?!\w)/y),
  of('an Octopus Deploy key', 'API-', /[A-Z0-9]{26}(?!\w)/y),
  of('a Harness token', 'pat. sat.', /[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}/y),
  of('a Sourcegraph token', 'sgp_', /(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}(?!\w)/y),
  of('a Figma token', 'figd_', /[\w-]{40}/y),
  of('a Linear key', 'lin_api_', /[A-Za-z0-9]{40}/y),
  of('a Notion token', 'ntn_', /\d{11}[A-Za-z0-9]{35}/y),
];

/** Of what watches, sends and sells. */
const OF_SERVICES: readonly TokenForm[] = [
  of('a Slack token', SLACK, /\d[\w-]{14}/y),
  of('a Slack token', 'xapp-', /\d-[\w-]{14}/y),
  of('a Slack webhook', 'hooks.slack.com/services/', /T\w{6,12}\/B\w{6,12}\/\w{20}/y),
  of('a Slack webhook', 'hooks.slack.com/workflows/ hooks.slack.com/triggers/', /[\w/]{40}/y),
  {
    what: 'a Teams webhook',
    needles: ['.webhook.office.com/webhookb2/'],
    front: /[A-Za-z0-9]$/,
    rest: new RegExp(`${UUID}@${UUID}/\\w{10}`, 'y'),
  },
  of('a Discord webhook', 'discord.com/api/webhooks/', /\d{17,20}\/[\w-]{60}/y),
  of('a DingTalk webhook', 'oapi.dingtalk.com/robot/send?access_token=', /[a-f0-9]{64}/y),
  of(
    'a WeCom webhook',
    'qyapi.weixin.qq.com/cgi-bin/webhook/send?key=',
    new RegExp(`${UUID}(?!-)`, 'y'),
  ),
  of('a Feishu webhook', 'open.feishu.cn/open-apis/bot/v2/hook/', new RegExp(`${UUID}(?!-)`, 'y')),
  {
    what: 'a Telegram token',
    needles: [':AA'],
    front: /(?:^|\W|bot)\d{8,10}$/,
    rest: /[\w-]{33}(?![\w-])/y,
  },
  of('a Stripe key', 'sk_live_ rk_live_ sk_prod_ rk_prod_', /[A-Za-z0-9]{16}/y),
  of(
    'a Stripe key for tests',
    'sk_test_ rk_test_',
    /[A-Za-z0-9]{16,120}/y,
    /^(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2)$/,
  ),
  of('a PostHog key', 'phx_ phs_', /[A-Za-z0-9]{40}/y),
  of('a signing secret of webhooks', 'whsec_', /[A-Za-z0-9+/]{32}/y),
  of('a SendGrid key', 'SG.', /[\w-]{22}\.[\w-]{43}/y),
  of('a Brevo key', 'xkeysib- xsmtpsib-', /[a-f0-9]{64}-[A-Za-z0-9]{16}/y),
  of('a Shopify token', 'shpat_ shpca_ shppa_ shpss_', /[a-fA-F0-9]{32}/y),
  of('a Square token', 'sq0atp- sq0csp-', /[\w-]{22}/y),
  of('a Flutterwave key', 'FLWSECK-', /[a-z0-9]{32}-X/y),
  of('an EasyPost key', 'EZAK', /[A-Za-z0-9]{54}(?!\w)/y),
  of('a Duffel token', 'duffel_live_', /[\w=-]{43}/y),
  of('a Shippo token', 'shippo_live_', /[a-fA-F0-9]{40}/y),
  of('a Facebook token', 'EAAM EAAC', /[A-Za-z0-9]{100}/y),
  of('a Frame.io token', 'fio-u-', /[\w=-]{64}/y),
  of('a ReadMe key', 'rdme_', /[a-z0-9]{70}/y),
  of('an Adobe client secret', 'p8e-', /[A-Za-z0-9]{32}(?![\w-])/y),
  of('a Dynatrace token', 'dt0c01. dt0s01. dt0s02.', /[A-Z0-9]{24}\.[A-Z0-9]{64}/y),
  of('a Grafana token', 'glsa_', /[A-Za-z0-9]{32}_[a-fA-F0-9]{8}/y),
  of('a Grafana token', 'glc_eyJ eyJrIjoi', /[A-Za-z0-9+/]{60}/y),
  of('a New Relic key', 'NRAK-', /[A-Z0-9]{27}(?!\w)/y),
  of('a Sentry token', 'sntrys_eyJ', /[A-Za-z0-9+/=]{40,800}_[A-Za-z0-9+/]{43}/y),
  of('a Sentry token', 'sntryu_', /[a-f0-9]{64}/y),
  of('a SettleMint token', 'sm_aat_ sm_pat_ sm_sat_', /[A-Za-z0-9]{16}(?!\w)/y),
  {
    what: 'a MaxMind licence key',
    needles: ['_mmk'],
    front: /(?:^|\W)[A-Za-z0-9]{6}_[A-Za-z0-9]{29}$/,
    rest: /(?!\w)/y,
  },
];

/** Of models. */
const OF_MODELS: readonly TokenForm[] = [
  of('a Hugging Face token', 'hf_ api_org_', /[A-Za-z0-9]{34}(?!\w)/y),
  of('an OpenAI key', 'sk-proj- sk-svcacct- sk-admin-', /[\w-]{40}/y),
  of('an Anthropic key', 'sk-ant-', /[a-z]{3,5}\d\d-[\w-]{80}/y),
  of('an OpenRouter key', 'sk-or-v1-', /[a-f0-9]{64}/y),
  // What OpenAI gave out before, and DeepSeek and others still do.
  of('an API key of a model', 'sk-', /(?:[a-f0-9]{32}|[A-Za-z0-9]{48})(?![\w-])/y),
  of('a Groq key', 'gsk_', /[A-Za-z0-9]{52}/y),
  of('an xAI key', 'xai-', /[A-Za-z0-9]{80}/y),
  of('a Perplexity key', 'pplx-', /[A-Za-z0-9]{48}/y),
  of('an NVIDIA key', 'nvapi-', /[\w-]{60}/y),
  of('a Replicate token', 'r8_', /[A-Za-z0-9]{37}(?!\w)/y),
  of('a LangSmith key', 'lsv2_pt_ lsv2_sk_', /[a-f0-9]{32}_[a-f0-9]{10}/y),
  of('a Pinecone key', 'pcsk_', /[A-Za-z0-9]{4,8}_[A-Za-z0-9]{40}/y),
];

/**
 * A table of ours, because the maintained ones do not fit. `@secretlint/secretlint-rule-preset-recommend` (MIT) is
 * 218 kB of JavaScript, knows no UTF-16 and no escaped keys, and takes every user:password@ for a secret; the rules of
 * gitleaks (MIT) are written for Go's linear regular expressions and ask for a password next to many ordinary words:
 * a program left out wrongly is worse here than a report of a scanner. So: all tokens of theirs that their issuer marks
 * with a fixed part of three characters or more that data does not have by chance, and some that they lack, each with a
 * pattern of bounded length.
 */
export const TOKEN_FORMS: readonly TokenForm[] = [
  ...OF_CLOUDS,
  ...OF_FORGES,
  ...OF_SERVICES,
  ...OF_MODELS,
];

function of(
  what: string,
  needles: string | readonly string[],
  rest: RegExp,
  sample?: RegExp,
): TokenForm {
  const own = typeof needles === 'string' ? needles.split(' ') : needles;
  return sample === undefined ? { what, needles: own, rest } : { what, needles: own, rest, sample };
}

/** The same with a value of so many characters or more. */
function assignedAtLeast(length: number): RegExp {
  return new RegExp(`["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}`, 'y');
}

/** `name = value`, `"name": "value"` with a value of just that many characters of base64. */
function assigned(length: number): RegExp {
  return new RegExp(
    `["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}(?![A-Za-z0-9+/=])`,
    'y',
  );
}
