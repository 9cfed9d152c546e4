import type { Answer } from '../../http/answer.ts';
import { callAsRule } from '../../runtime/call-as-rule.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import { DEFAULT_META, type OpenFunction, type RuleMeta } from '../../runtime/symbol-contract.ts';
import { isObject, jsonBody, metaField, refuseOtherKeys } from '../symbol-body.ts';
import { jsonAnswer, refusedJson, type SymbolCall, type SymbolRoute } from '../symbol-route.ts';
import { requirePlugin } from '../symbol-world.ts';

const CALLS = ['Exec', 'Validate', 'IsAggregate'] as const;

/** `POST /functions/<name>`: calls a function, and starts it first if needed. */
export const FUNCTION_ROUTES: readonly SymbolRoute[] = [
  { path: '/functions/{name}', methods: { POST: call } },
];

interface FunctionOrder {
  readonly call: (typeof CALLS)[number];
  readonly args: readonly unknown[];
  readonly meta: RuleMeta;
}

async function call({ host, plugins, name, request }: SymbolCall): Promise<Answer> {
  try {
    const order = functionOrder(await jsonBody(request));
    requirePlugin({ host, plugins }, 'function', name);
    return jsonAnswer(200, { result: await ask(await host.openFunction(name), order) });
  } catch (error) {
    return refusedJson(error);
  }
}

/** Parses an array of arguments, or `{"args","call","meta"}`. Throws HostRefusal. */
export function functionOrder(body: unknown): FunctionOrder {
  if (Array.isArray(body)) return { call: 'Exec', args: body, meta: DEFAULT_META };
  if (!isObject(body))
    throw new HostRefusal('the body is to be an array of arguments or an object with "args"');
  refuseOtherKeys(body, ['args', 'call', 'meta']);
  const args = body['args'] ?? [];
  if (!Array.isArray(args)) throw new HostRefusal('args is to be an array');
  const asked = body['call'] ?? 'Exec';
  const found = CALLS.find((one) => one === asked);
  if (found === undefined)
    throw new HostRefusal(`call is ${CALLS.join(', ')}, not ${JSON.stringify(asked)}`);
  return { call: found, args, meta: metaField(body) ?? DEFAULT_META };
}

async function ask(open: OpenFunction, { call, args, meta }: FunctionOrder): Promise<unknown> {
  if (call === 'IsAggregate') return open.isAggregate();
  if (call === 'Exec') return callAsRule(open, args, { ...meta, funcId: 1 });
  await open.validate(args);
  // What eKuiper accepts as success.
  return '';
}
