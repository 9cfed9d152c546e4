import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { has } from '../../model/behaviours.ts';
import { compareText } from '../../model/finding.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import type { PluginHost } from '../host/host.ts';
import type { Registration } from '../host/registration.ts';
import { type Answer, empty, goMarshal, json, text } from '../http/answer.ts';
import type { Call, Route } from '../http/route.ts';
import { keptUploads } from '../http/uploaded-files.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/**
 * `GET /` (version and architecture), `/ping`, `/data/export` with plugins and uploads. Rules and streams are empty
 * here, and so is everything else in the export.
 */
export const SYSTEM_ROUTES: readonly Route[] = [
  { path: '/', methods: { GET: about, POST: about } },
  { path: '/ping', methods: { GET: () => empty(200) } },
  { path: '/rules', methods: { GET: () => json([]) } },
  { path: '/streams', methods: { GET: () => json([]) } },
  { path: '/tables', methods: { GET: () => json([]) } },
  { path: '/data/export', methods: { GET: exportAll } },
];

function about({ host, target, upSeconds }: Call): Answer {
  const { platform, architecture } = host.machine;
  return text(
    200,
    goMarshal({
      version: releaseOf(target),
      os: platform,
      arch: ARCHITECTURES[architecture] ?? architecture,
      upTimeSeconds: Math.floor(upSeconds),
      cpuUsage: '0%',
      memoryUsed: String(totalmem() - freemem()),
      memoryTotal: String(totalmem()),
    }),
  );
}

async function exportAll({ host, target }: Call): Promise<Answer> {
  const portablePlugins = Object.fromEntries(
    host.registrations().map(([name, one]) => [name, goMarshal(exported(one, target))]),
  );
  const body = goMarshal({
    streams: {},
    tables: {},
    rules: {},
    nativePlugins: {},
    portablePlugins,
    sourceConfig: has(target, 'exports-source-yaml') ? await sourceConfigs(host) : {},
    sinkConfig: {},
    connectionConfig: {},
    Service: {},
    Schema: {},
    uploads: keptUploads(host.home),
    scripts: {},
  });
  const headers = { 'Content-Disposition': 'Attachment' };
  return { status: 200, type: 'application/octet-stream', body, headers };
}

/** 2.x omits `shellParas` when there are none, 1.14 writes null. */
function exported({ name, file, shellParas }: Registration, target: Target): object {
  const isEmpty = shellParas === null || shellParas.length === 0;
  return isEmpty && has(target, 'omits-what-is-empty')
    ? { name, file }
    : { name, file, shellParas };
}

/** 1.14 exports the plugins' YAML files; 2.x only what was configured over REST. */
async function sourceConfigs(host: PluginHost): Promise<Record<string, string>> {
  const configs: Record<string, string> = {};
  const sources = host.list().flatMap((info) => info.sources ?? []);
  for (const source of [...new Set(sources)].sort()) {
    for (const root of host.home.symbolRoots) {
      const path = join(root, 'sources', `${source}.yaml`);
      const bytes = await readRegularFile(path).catch(() => null);
      const groups = bytes && readSourceYaml(bytes).groups;
      if (groups !== null) configs[source] = goMarshal(sorted(groups));
    }
  }
  return configs;
}

/** Sorts the keys at every level, as Go marshals a map. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => compareText(a, b)));
}
