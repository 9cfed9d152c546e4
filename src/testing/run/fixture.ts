import { createServer } from 'node:net';
import { makeFolders } from '../../package/files/folders.ts';
import type { Case } from '../case/case.ts';
import { type HttpListener, listenHttp } from './http-listener.ts';
import { Fill, mentions, type Placeholders } from './placeholders.ts';
import { type CommandPlace, type RunningSetup, startSetup } from './setup-process.ts';

export interface FixtureOptions {
  /** Made for this fixture alone: its `{dir}`. */
  readonly dir: string;
  /** Absolute path, for `{project}`; null when there is only a package. */
  readonly project: string | null;
  /** The Python of the plugins. */
  readonly python: string;
  readonly commands: CommandPlace;
  /** Without it no command is started. */
  readonly wantsSetup: boolean;
  readonly signal: AbortSignal;
  /** Gets the output of the setup, and requests that no answer fits. */
  readonly onLine: (text: string) => void;
}

/** What a case brings along: its folder, the listener at {http}, a free port, a command that runs beside it. */
export interface Fixture {
  readonly fill: Fill;
  /** Null when the case uses none. */
  readonly http: HttpListener | null;
  /** The variables of the plugin's process that the case sets. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Makes what a case brings along. Throws CaseFailure when its setup fails; then nothing is left of it. */
export async function openFixture(one: Case, options: FixtureOptions): Promise<Fixture> {
  const { dir, project, python, commands, signal, wantsSetup, onLine } = options;
  await makeFolders(dir);
  const own: Placeholders = {
    dir,
    python,
    ...(project !== null && { project }),
    ...(mentions(textsOf(one), '{port}') && { port: String(await freePort()) }),
  };
  const http = await listenerOf(one, own, onLine);
  const fill = new Fill({ ...own, ...(http && { http: http.url }) });
  const env = Object.fromEntries([...one.env].map(([name, text]) => [name, fill.text(text)]));
  let setup: RunningSetup | null = null;
  const close = async (): Promise<void> => {
    await Promise.all([setup?.close(), http?.close()]);
  };
  try {
    if (one.setup !== null && wantsSetup) {
      setup = await startSetup(one.setup, {
        folder: commands.folder,
        env: { ...commands.env, ...env },
        fill,
        signal,
        onLine: (line) => onLine(`setup: ${line}`),
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { fill, http, env, close };
}

/** Whether a case brings more than its folder. */
export function bringsAlong(one: Case): boolean {
  return one.env.size > 0 || one.http.length > 0 || one.setup !== null;
}

/** Everything of a case in which placeholders may stand. */
function textsOf(one: Case): unknown {
  return [{ ...one, env: null, http: null }, [...one.env], one.http.map(({ body }) => body)];
}

async function listenerOf(
  one: Case,
  values: Placeholders,
  onUnknown: (text: string) => void,
): Promise<HttpListener | null> {
  const { http, httpStatus: status, received } = one;
  if (http.length === 0 && received === null && !mentions(textsOf(one), '{http}')) return null;
  let fill = new Fill(values);
  const listener = await listenHttp({
    answers: http,
    body: (body) => fill.value(body),
    status,
    onUnknown,
  });
  fill = new Fill({ ...values, http: listener.url });
  return listener;
}

/** A port that nothing listens at. Whoever needs it should take it soon. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
