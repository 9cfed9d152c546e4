import type { Answer } from '../../http/answer.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import { jsonAnswer, refusedJson } from '../symbol-answer.ts';
import type { SymbolCall, SymbolRoute } from '../symbol-route.ts';

/**
 * Restarts and kills plugins, to test what an update or a crash does to them in eKuiper: after an update it loses all
 * functions but one (docs/ekuiper.md#functions-after-an-update), and a crashed plugin stays dead
 * (docs/ekuiper.md#dead-plugins).
 */
export const LIFE_ROUTES: readonly SymbolRoute[] = [
  { path: '/plugins/{name}/restart', methods: { POST: restart } },
  { path: '/plugins/{name}/kill', methods: { POST: kill } },
];

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
