import { describe, expect, it } from 'vitest';
import { callAsRule, refusalOfArguments } from '../../../../src/emulator/runtime/call-as-rule.ts';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import type { OpenFunction } from '../../../../src/emulator/runtime/symbol-contract.ts';
import type { Target } from '../../../../src/model/target.ts';

const CONTEXT = { ruleId: 'r', opId: 'o', instanceId: 0, funcId: 0 };

const REFUSED = new HostRefusal('validate return state is false, got &{State:false Result:no}');

type Accepts = (args: readonly unknown[]) => boolean;

/** A function that notes what it is asked. */
function noting(accepts: Accepts, target: Target = '2.4') {
  const asked: unknown[] = [];
  const opened: OpenFunction = {
    symbol: 'f',
    target,
    plugin: 'p',
    count: 0,
    validate: async (args) => {
      asked.push(['Validate', args]);
      if (!accepts(args)) throw REFUSED;
    },
    isAggregate: async () => {
      asked.push('IsAggregate');
      return false;
    },
    exec: async (args) => {
      asked.push(['Exec', args]);
      return 'done';
    },
    close: async () => undefined,
  };
  return { opened, asked };
}

const FIELD = { StreamName: '$$default', Name: 'col1' };
const NUMBERED = { ...FIELD, HasIndex: false, SourceIndex: 0, Index: 0 };

describe('a function is called as by a rule', () => {
  it('in the order of eKuiper, and validated each time: the program may be a new one', async () => {
    const { opened, asked } = noting(() => true);
    expect(await callAsRule(opened, ['a'], CONTEXT)).toBe('done');
    await callAsRule(opened, ['b'], CONTEXT);
    await callAsRule(opened, [], CONTEXT);
    expect(asked).toEqual([
      ['Validate', [NUMBERED]],
      'IsAggregate',
      ['Exec', ['a']],
      ['Validate', [NUMBERED]],
      'IsAggregate',
      ['Exec', ['b']],
      ['Validate', []],
      'IsAggregate',
      ['Exec', []],
    ]);
  });

  it.each([
    ['2.2' as const, FIELD],
    ['2.3' as const, NUMBERED],
  ])('with the fields of %s', async (target, field) => {
    const { opened, asked } = noting(() => true, target);
    await refusalOfArguments(opened, ['a']);
    expect(asked).toEqual([['Validate', [field]]]);
  });

  it('with constants where it refuses fields', async () => {
    const isConstant = (one: unknown) => typeof one === 'object' && one !== null && 'Val' in one;
    const { opened, asked } = noting((args) => args.some(isConstant));
    expect(await refusalOfArguments(opened, ['a', null])).toBeNull();
    expect(asked.at(-1)).toEqual(['Validate', [{ Val: 'a' }, { ...NUMBERED, Name: 'col2' }]]);
  });

  it('and not at all when it refuses both', async () => {
    const { opened, asked } = noting(() => false);
    await expect(callAsRule(opened, ['a'], CONTEXT)).rejects.toBe(REFUSED);
    expect(asked).toEqual([
      ['Validate', [NUMBERED]],
      ['Validate', [{ Val: 'a' }]],
    ]);
  });

  it('no answer is no refusal', async () => {
    const { opened } = noting(() => true);
    const silent = new HostRefusal('time out, plugin p status running, message: ');
    const mute = { ...opened, validate: async () => Promise.reject(silent) };
    await expect(refusalOfArguments(mute, [])).rejects.toBe(silent);
  });
});
