import type { PluginInfo } from '../../model/plugin/manifest.ts';
import type { Registration } from '../host/registration.ts';
import { type Answer, goMarshal, json, refusal, text } from '../http/answer.ts';
import { decodeBody } from '../http/request-body.ts';
import type { Call, Route } from '../http/route.ts';
import { HostRefusal } from '../runtime/refusal.ts';

/** eKuiper's portable plugin API. Source: server/portable_init.go; docs/ekuiper.md#plugin-api. */
export const PLUGIN_ROUTES: readonly Route[] = [
  { path: '/plugins/portables', methods: { GET: list, POST: create } },
  {
    path: '/plugins/portables/{name}',
    methods: { GET: describe, PUT: update, DELETE: remove },
  },
  { path: '/plugins/portables/{name}/status', needs: 'reports-status', methods: { GET: status } },
  ...['sources', 'sinks', 'functions'].flatMap((kind) => native(kind, `${kind} plugin`)),
  ...native('udfs', 'function'),
];

/** The lists of native plugins, of which this host has none. */
function native(folder: string, what: string): Route[] {
  const none = ({ name, target }: Call): Answer => {
    const error = new HostRefusal('not found', { notFound: true });
    return refusal(error, `describe ${what} ${name} error`, target);
  };
  return [
    { path: `/plugins/${folder}`, methods: { GET: () => json([]) } },
    { path: `/plugins/${folder}/{name}`, methods: { GET: none } },
  ];
}

function list({ host }: Call): Answer {
  return json(host.list().map(listed));
}

async function create(call: Call): Promise<Answer> {
  const body = await bodyOf(call);
  if ('status' in body) return body;
  try {
    await call.host.register(body);
  } catch (error) {
    return refusal(error, 'portable plugin create command error', call.target);
  }
  return text(201, `portable plugin ${body.name} is created`);
}

async function update(call: Call): Promise<Answer> {
  const body = await bodyOf(call);
  if ('status' in body) return body;
  try {
    await call.host.update(call.name, body);
  } catch (error) {
    return refusal(error, 'portable plugin update command error', call.target);
  }
  return text(200, `portable plugin ${body.name} is updated`);
}

async function remove({ host, name, target }: Call): Promise<Answer> {
  try {
    await host.remove(name);
  } catch (error) {
    return refusal(error, `delete portable plugin ${name} error`, target);
  }
  return text(200, `portable plugin ${name} is deleted`);
}

function describe({ host, name, target }: Call): Answer {
  const info = host.describe(name);
  if (info !== null) return json(listed(info));
  const error = new HostRefusal('not found', { notFound: true });
  return refusal(error, `describe portable plugin ${name} error`, target);
}

async function status({ host, name, target }: Call): Promise<Answer> {
  await host.settled();
  const found = host.status(name);
  // Go detects its Content-Type, because the header is set too late (docs/ekuiper.md#status).
  if (found !== null) return text(200, goMarshal(found));
  const error = new HostRefusal('not found', { notFound: true });
  return refusal(error, `portable plugin ${name} not found`, target);
}

async function bodyOf({ request, target }: Call): Promise<Registration | Answer> {
  try {
    return await decodeBody(
      request,
      { name: 'string', file: 'string', shellParas: '[]string' },
      { package: 'plugin', name: 'IOPlugin' },
    );
  } catch (error) {
    return refusal(error, 'Invalid body: Error decoding the portable plugin json', target);
  }
}

/** The keys of eKuiper's PluginInfo in its order; optional ones are omitted. */
function listed(info: PluginInfo): Record<string, unknown> {
  const { name, version, language, executable, virtualEnvType, env } = info;
  return {
    name,
    version,
    language,
    executable,
    ...(virtualEnvType === null ? {} : { virtualEnvType }),
    ...(env === null ? {} : { env }),
    sources: info.sources,
    sinks: info.sinks,
    functions: info.functions,
  };
}
