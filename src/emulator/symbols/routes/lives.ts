import { type Answer, text } from '../../http/answer.ts';
import { readBody } from '../../http/request-body.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import { type Control, decodeControl } from '../symbol-body.ts';
import {
  jsonAnswer,
  refusedJson,
  refusedText,
  type SymbolCall,
  type SymbolRoute,
} from '../symbol-route.ts';

/** The API of eKuiper's own plugin test server, with its bodies and texts. Source: docs/wire.md#plugin-test-server. */
export const START_STOP_ROUTES: readonly SymbolRoute[] = [
  { path: '/symbol/start', methods: { POST: start } },
  { path: '/symbol/stop', methods: { POST: stop } },
];

/**
 * Restarts and kills plugins, to test what an update or a crash does to them in eKuiper: after an update it loses all
 * functions but one (docs/ekuiper.md#functions-after-an-update), and a crashed plugin is started
 * again by the next source or sink of it that starts, never by its functions (docs/ekuiper.md#dead-plugins).
 */
export const LIFE_ROUTES: readonly SymbolRoute[] = [
  { path: '/plugins/{name}/restart', methods: { POST: restart } },
  { path: '/plugins/{name}/kill', methods: { POST: kill } },
];

function start(call: SymbolCall): Promise<Answer> {
  return withControl(call, async (control) => {
    await call.runs.start(control, true);
  });
}

function stop(call: SymbolCall): Promise<Answer> {
  return withControl(call, (control) => call.runs.stop(control));
}

async function withControl(
  { request }: SymbolCall,
  work: (control: Control) => Promise<void>,
): Promise<Answer> {
  try {
    await work(decodeControl((await readBody(request)).toString('utf8')));
    return text(200, 'ok');
  } catch (error) {
    return refusedText(error);
  }
}

function restart(call: SymbolCall): Promise<Answer> {
  return change(call, () => call.host.restart(call.name));
}

function kill(call: SymbolCall): Promise<Answer> {
  return change(call, () => call.host.kill(call.name));
}

async function change(call: SymbolCall, work: () => Promise<void>): Promise<Answer> {
  const { name, host, plugins } = call;
  try {
    if (!plugins().some((plugin) => plugin.name === name)) {
      const names = plugins().map((plugin) => plugin.name);
      throw new HostRefusal(`there is no plugin ${name}; there is ${names.join(', ') || 'none'}`);
    }
    await work();
    return jsonAnswer(200, { name, status: host.status(name)?.status ?? null });
  } catch (error) {
    return refusedJson(error);
  }
}
