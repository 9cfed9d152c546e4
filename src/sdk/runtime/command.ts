import type { Config, RuleMeta } from '../api/context.ts';

type SymbolType = 'source' | 'sink' | 'func';

/** A command of the host for one symbol (docs/wire.md#commands). */
export interface Command {
  readonly action: 'start' | 'stop';
  readonly type: SymbolType;
  readonly symbol: string;
  /** Empty ids and 0 for a function. */
  readonly rule: RuleMeta;
  readonly dataSource: string;
  readonly config: Config;
}

/** Parses a request on the control channel. Throws an Error whose message is the answer. */
export function parseCommand(question: string): Command {
  const command = object(parse(question, 'the command'), 'the command');
  const control = object(parse(text(command['arg']), 'arg'), 'arg');
  const type = symbolType(control['pluginType']);
  const config = isObject(control['config']) ? control['config'] : {};
  return {
    action: action(command['cmd']),
    type,
    symbol: text(control['symbolName']),
    rule: ruleOf(type, isObject(control['meta']) ? control['meta'] : {}),
    // 1.14 sends it beside the configuration, 2.x in it (docs/wire.md#commands).
    dataSource: text(control['dataSource']) || text(config['datasource']),
    config,
  };
}

function parse(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${what} is not JSON`, { cause: error });
  }
}

function action(cmd: unknown): Command['action'] {
  if (cmd === 'start' || cmd === 'stop') return cmd;
  throw new Error(`invalid command received: ${text(cmd)}`);
}

function symbolType(type: unknown): SymbolType {
  if (type === 'source' || type === 'sink' || type === 'func') return type;
  throw new Error(`invalid plugin type ${text(type)}`);
}

function ruleOf(type: SymbolType, meta: Config): RuleMeta {
  const { ruleId, opId, instanceId } = meta;
  const rule = {
    ruleId: text(ruleId),
    opId: text(opId),
    instanceId: typeof instanceId === 'number' ? instanceId : 0,
  };
  if (type !== 'func' && (rule.ruleId === '' || rule.opId === '')) {
    throw new Error('invalid arg: ruleId and opId are required');
  }
  return rule;
}

function object(value: unknown, what: string): Config {
  if (isObject(value)) return value;
  throw new Error(`${what} is no JSON object`);
}

export function isObject(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
