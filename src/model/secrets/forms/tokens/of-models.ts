import { of, type TokenForm } from './token-form.ts';

/** Tokens of model providers. */
export const MODEL_TOKENS: readonly TokenForm[] = [
  of('a Hugging Face token', 'hf_ api_org_', /[A-Za-z0-9]{34}(?!\w)/y),
  of('an OpenAI key', 'sk-proj- sk-svcacct- sk-admin-', /[\w-]{40}/y),
  of('an Anthropic key', 'sk-ant-', /[a-z]{3,5}\d\d-[\w-]{80}/y),
  of('an OpenRouter key', 'sk-or-v1-', /[a-f0-9]{64}/y),
  // The former format of OpenAI, still used by DeepSeek and others.
  of('an API key of a model', 'sk-', /(?:[a-f0-9]{32}|[A-Za-z0-9]{48})(?![\w-])/y),
  of('a Groq key', 'gsk_', /[A-Za-z0-9]{52}/y),
  of('an xAI key', 'xai-', /[A-Za-z0-9]{80}/y),
  of('a Perplexity key', 'pplx-', /[A-Za-z0-9]{48}/y),
  of('an NVIDIA key', 'nvapi-', /[\w-]{60}/y),
  of('a Replicate token', 'r8_', /[A-Za-z0-9]{37}(?!\w)/y),
  of('a LangSmith key', 'lsv2_pt_ lsv2_sk_', /[a-f0-9]{32}_[a-f0-9]{10}/y),
  of('a Pinecone key', 'pcsk_', /[A-Za-z0-9]{4,8}_[A-Za-z0-9]{40}/y),
  of('a Jina key', 'jina_', /[a-f0-9]{32}[\w-]{28}/y),
  of('a Tavily key', 'tvly-', /(?:dev-|prod-)?[A-Za-z0-9]{32}/y),
  of('a Firecrawl key', 'fc-', /[a-f0-9]{32}(?![\w-])/y),
  of('a Voiceflow key', 'VF.', /(?:(?:DM|WS)\.)?[a-fA-F0-9]{24}\.[A-Za-z0-9]{16}(?!\w)/y),
];
