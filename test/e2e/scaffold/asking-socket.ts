import { ConnectionClosed } from '../../../src/sp/errors.ts';
import { listenReply, type ReplyListener, type Request } from '../../fixtures/reply-socket.ts';

/** One socket that a plugin dials and on which the host asks (docs/wire.md#request-and-reply). */
export interface AskingSocket {
  /** Asks as soon as the plugin has a request open, and resolves with its answer. */
  ask(question: string): Promise<string>;
  /** Resolves when the plugin has said `handshake` on a connection that is still there. */
  handshake(): Promise<void>;
  /** Connections since the beginning, and the most that were there at one time. */
  readonly connections: { readonly total: number; readonly most: number };
  close(): Promise<void>;
}

/** Listens as eKuiper does for a control or function socket. */
export async function listenAsking(path: string): Promise<AskingSocket> {
  const state = { total: 0, now: 0, most: 0 };
  let open: Request | null = null;
  let wake: () => void = () => {};
  const listener: ReplyListener = await listenReply(path, {
    onConnect: () => {
      state.total += 1;
      state.now += 1;
      state.most = Math.max(state.most, state.now);
    },
    onDisconnect: ({ id }) => {
      state.now -= 1;
      if (open?.peer.id === id) open = null;
    },
    onRequest: (request) => {
      open = request;
      wake();
    },
  });
  const next = async (): Promise<Request> => {
    while (open === null) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return open;
  };
  return {
    connections: state,
    close: () => listener.close(),
    handshake: async () => {
      await next();
    },
    async ask(question) {
      for (;;) {
        const request = await next();
        open = null;
        if (!(await isTaken(request, question))) continue;
        const answer = (await next()).body.toString();
        // A repeated handshake is no answer: the host asks again.
        if (!answer.startsWith('h')) return answer;
      }
    },
  };
}

/** Whether the question went out: the end of a killed process is sometimes known before that of its connection. */
async function isTaken(request: Request, question: string): Promise<boolean> {
  try {
    await request.reply(question);
    return true;
  } catch (error) {
    if (error instanceof ConnectionClosed) return false;
    throw error;
  }
}

/** The question that starts a function, with the empty meta that eKuiper sends. */
export function startFunction(symbolName: string): string {
  const meta = { ruleId: '', opId: '', instanceId: 0 };
  return JSON.stringify({
    cmd: 'start',
    arg: JSON.stringify({ symbolName, meta, pluginType: 'func' }),
  });
}

/** A call of a function for one row. */
export function callFunction(argument: unknown): string {
  const context = { ruleId: 'rule', opId: 'op', instanceId: 0, funcId: 0 };
  return JSON.stringify({ func: 'Exec', arg: [argument, JSON.stringify(context)] });
}
