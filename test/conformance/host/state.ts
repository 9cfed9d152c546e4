import type { Ask } from './ask.ts';

/** What the host says of a plugin, asked of the host itself. */
export interface PluginState {
  /** Null: not registered. */
  readonly version: string | null;
  /** `running`, `error: exit status 3`; null where the host does not tell (before 2.0). */
  readonly status: string | null;
  /** Its packages and records among the uploads, by name. */
  readonly uploads: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  // Any object can be asked for a key; what is under it is looked at before it is used.
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** The state of the plugin of that name. Throws when the host does not answer. */
export async function stateOf(ask: Ask, name: string): Promise<PluginState> {
  const described = await ask.get(`/plugins/portables/${name}`);
  if (described.status !== 200 && described.status !== 404) {
    throw new Error(`GET /plugins/portables/${name}: ${described.status} ${described.text}`);
  }
  const version =
    described.status === 200 ? String(fieldsOf(JSON.parse(described.text))['version']) : null;
  return { version, status: await statusOf(ask, name), uploads: await uploadsOf(ask, name) };
}

async function statusOf(ask: Ask, name: string): Promise<string | null> {
  const { status, text } = await ask.get(`/plugins/portables/${name}/status`);
  if (status !== 200) return null;
  const { status: word, errMsg } = fieldsOf(JSON.parse(text));
  return errMsg ? `${word}: ${errMsg}` : String(word);
}

/** Uploads whose name begins so. */
export async function uploadsOf(ask: Ask, prefix: string): Promise<readonly string[]> {
  const listed = await ask.json('/config/uploads');
  if (!Array.isArray(listed)) return [];
  return listed
    .map((path) => String(path).split(/[/\\]/).at(-1) ?? '')
    .filter((name) => name.startsWith(prefix))
    .sort();
}

/** Names of plugins that begin so. */
export async function pluginsOf(ask: Ask, prefix: string): Promise<readonly string[]> {
  const listed = await ask.json('/plugins/portables');
  if (!Array.isArray(listed)) return [];
  return listed.map((item) => String(fieldsOf(item)['name'])).filter((x) => x.startsWith(prefix));
}

/** Identifiers of rules (also plain names of streams) that begin so. */
export async function namesOf(ask: Ask, path: '/rules' | '/streams', prefix: string) {
  const { status, text } = await ask.get(path);
  const listed: unknown = status === 200 ? JSON.parse(text) : [];
  if (!Array.isArray(listed)) return [];
  return listed
    .map((item) => (typeof item === 'string' ? item : String(fieldsOf(item)['id'])))
    .filter((name) => name.startsWith(prefix));
}

/** Of a running rule: rows that came to its sinks, and the newest error of any operator. */
export async function rowsOf(ask: Ask, rule: string): Promise<{ rows: number; error: string }> {
  const metrics = fieldsOf(await ask.json(`/rules/${rule}/status`));
  const ofSinks = Object.entries(metrics).filter(([key]) => /^sink_.*_records_in_total$/.test(key));
  const error = Object.entries(metrics).find(
    ([key, value]) => key.endsWith('_last_exception') && value !== '',
  );
  const rows = ofSinks.map(([, value]) => Number(value));
  return { rows: rows.length === 0 ? 0 : Math.min(...rows), error: String(error?.[1] ?? '') };
}

/** `GET /`. */
export async function versionOf(ask: Ask): Promise<string> {
  const { version, os, arch } = fieldsOf(await ask.json('/'));
  return `eKuiper ${version} (${os}/${arch})`;
}
