import { type Answer, text } from '../../http/answer.ts';
import { readBody } from '../../http/read-body.ts';
import { type Control, decodeControl } from '../control-body.ts';
import { refusedText } from '../symbol-answer.ts';
import type { SymbolCall, SymbolRoute } from '../symbol-route.ts';

/** The API of eKuiper's own plugin test server, with its bodies and texts. Source: docs/wire.md#plugin-test-server. */
export const START_STOP_ROUTES: readonly SymbolRoute[] = [
  { path: '/symbol/start', methods: { POST: start } },
  { path: '/symbol/stop', methods: { POST: stop } },
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
