import { expect, test } from 'vitest';
import { describeOnUnix } from '../../../../toolchain/require.ts';
import { answering, isThere, type ScriptedWorld, scriptedWorld } from './scripted-plugin.ts';

const RULE = { ruleId: 'r1', opId: 'op', instanceId: 0, funcId: 7 };

/** A plugin whose function `one` answers with `answer`. */
async function functionPlugin(
  world: ScriptedWorld,
  answer: (question: string) => string | null | Promise<string | null>,
) {
  await world.start(async ({ symbolName }) => {
    await answering(world.at(`func_${symbolName}.ipc`), answer);
    return 'ok';
  });
  return { one: await world.host.openFunction('one') };
}

const refused = (message: string) => ({ name: 'HostRefusal', message });

const ok = (result: unknown): string => JSON.stringify({ state: true, result });

describeOnUnix('a function', () => {
  test('is asked in the words of eKuiper, and bytes go as base64', async () => {
    const world = await scriptedWorld();
    const heard: string[] = [];
    const { one } = await functionPlugin(world, (question) => {
      heard.push(question);
      return ok(heard.length);
    });
    await one.validate([{ StreamName: 's', Name: 'n' }]);
    expect(await one.exec(['a', null, Buffer.from('hi')], RULE)).toBe(2);
    expect(await one.isAggregate()).toBe(false);
    expect(heard).toEqual([
      '{"func":"Validate","arg":[{"StreamName":"s","Name":"n"}]}',
      '{"func":"Exec","arg":["a",null,"aGk=","{\\"ruleId\\":\\"r1\\",\\"opId\\":\\"op\\",\\"instanceId\\":0,\\"funcId\\":7}"]}',
      '{"func":"IsAggregate","arg":null}',
    ]);
    expect(one.count).toBe(1);
    expect(world.data).toMatchObject([
      { kind: 'call', call: 'Validate', outcome: { result: null } },
      { kind: 'call', call: 'Exec', args: ['a', null, Buffer.from('hi')], outcome: { result: 2 } },
      { kind: 'call', call: 'IsAggregate', outcome: { result: null } },
    ]);
  });

  test('is asked about a call without arguments with null, as Go writes an empty list', async () => {
    const world = await scriptedWorld();
    const heard: string[] = [];
    const { one } = await functionPlugin(world, (question) => {
      heard.push(question);
      return ok('');
    });
    await one.validate([]);
    await one.exec([], RULE);
    expect(heard[0]).toBe('{"func":"Validate","arg":null}');
    expect(heard[1]).toMatch(/^{"func":"Exec","arg":\["/);
  });

  test('is started once, with the meta of no rule, whoever opens it', async () => {
    const world = await scriptedWorld();
    const told: string[] = [];
    await world.start((command) => {
      told.push(JSON.stringify(command));
      return 'ok';
    });
    const all = await Promise.all([1, 2, 3].map(() => world.host.openFunction('one')));
    expect(new Set(all).size).toBe(1);
    expect(told).toEqual([
      '{"cmd":"start","symbolName":"one","meta":{"ruleId":"","opId":"","instanceId":0},"pluginType":"func"}',
    ]);
    expect(world.host.status('plug')?.refCount).toEqual({});
    expect(world.host.openFunctions).toEqual([all[0]]);
  });

  test('is asked once whether it aggregates, and again only as long as it says nothing clear', async () => {
    const world = await scriptedWorld();
    const answers = [ok('yes'), '{"state":false,"result":"no"}', 'rubbish', ok(true)];
    let asked = 0;
    const { one } = await functionPlugin(world, () => answers[asked++] ?? null);
    const said = [];
    for (let n = 0; n < 6; n += 1) said.push(await one.isAggregate());
    expect(said).toEqual([false, false, false, true, true, true]);
    expect(asked).toBe(4);
  });

  test.each([
    ['{"state":false,"result":"too small"}', 'too small'],
    ['{"state":false,"result":{"b":[1,null],"a":true}}', 'map[a:true b:[1 <nil>]]'],
    ['{"state":false}', '<nil>'],
    ['{"result":5}', '5'],
    ['no json', 'Failed to unmarshal function result no json'],
    ['[]', 'Failed to unmarshal function result []'],
    ['{"state":"true"}', 'Failed to unmarshal function result {"state":"true"}'],
  ])('fails with what it answers: %s', async (answer, words) => {
    const world = await scriptedWorld();
    const { one } = await functionPlugin(world, () => answer);
    await expect(one.exec([], RULE)).rejects.toMatchObject(refused(words));
    expect(world.data).toMatchObject([{ kind: 'call', outcome: { error: words } }]);
  });

  test('answers calls in the order in which they came, one at a time', async () => {
    const world = await scriptedWorld();
    let open = 0;
    const { one } = await functionPlugin(world, async (question) => {
      open += 1;
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return ok([JSON.parse(question).arg[0], open]);
    });
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    const results = await Promise.all(numbers.map((n) => one.exec([n], RULE)));
    expect(results).toEqual(numbers.map((n) => [n, 0]));
  });

  test('is asked again after a handshake: keep-alives are no answers', async () => {
    const world = await scriptedWorld();
    let asked = 0;
    const { one } = await functionPlugin(world, () => {
      asked += 1;
      return asked < 3 ? 'handshake' : ok('at last');
    });
    expect(await one.exec([], RULE)).toBe('at last');
    expect(asked).toBe(3);
  });

  test.each([
    ['2.4', 'time out, plugin plug status running, message: '],
    ['2.0', 'time out, plugin plug status running, message: '],
    ['1.14', "can't send message on function rep socket: receive time out"],
  ] as const)('that never dials fails in the words of eKuiper %s', async (target, words) => {
    const world = await scriptedWorld({ target, timeouts: { receiveMs: 40 } });
    await world.start();
    const one = await world.host.openFunction('one');
    await expect(one.exec([], RULE)).rejects.toMatchObject(refused(words));
    await expect(one.isAggregate()).rejects.toMatchObject(refused(words));
  });

  test('that answers too late fails, and its answer is passed over', async () => {
    const world = await scriptedWorld({ timeouts: { receiveMs: 500 } });
    let late: (text: string) => void = () => undefined;
    let asked = 0;
    const { one } = await functionPlugin(world, () => {
      asked += 1;
      if (asked > 1) return ok(asked);
      return new Promise((resolve) => {
        late = resolve;
      });
    });
    await expect(one.exec([], RULE)).rejects.toThrow('time out, plugin plug status running');
    late(ok('late'));
    expect(await one.exec([], RULE)).toBe(2);
    expect(world.notes()).toContain('function one answered late: {"state":true,"result":"late"}');
  });

  test('with two connections gives one row the result of another, as in eKuiper', async () => {
    const world = await scriptedWorld();
    const echo = (question: string): string => ok(JSON.parse(question).arg[0]);
    const { one } = await functionPlugin(world, echo);
    expect(await one.exec([0], RULE)).toBe(0);
    await answering(world.at('func_one.ipc'), echo);
    await expect
      .poll(world.notes)
      .toContainEqual(expect.stringContaining('function one has two connections'));
    const rows = [1, 2, 3, 4, 5, 6];
    const results = [];
    for (const row of rows) results.push(await one.exec([row], RULE));
    expect(results).not.toEqual(rows);
    expect(results.at(-1)).toBe(5);
  });

  test('of a plugin that is gone fails at once, with what its end was', async () => {
    const world = await scriptedWorld({ timeouts: { receiveMs: 60_000 } });
    const peer = await world.start(async ({ symbolName }) => {
      await answering(world.at(`func_${symbolName}.ipc`), () => {
        peer.close();
        return null;
      });
      return 'ok';
    });
    const one = await world.host.openFunction('one');
    const words = 'time out, plugin plug status error, message: its process closed the connection';
    await expect(one.exec([], RULE)).rejects.toMatchObject(refused(words));
    await expect(one.exec([], RULE)).rejects.toMatchObject(refused(words));
  });

  test('that is closed frees its socket, fails what waits, and can be opened anew', async () => {
    const world = await scriptedWorld();
    const { one } = await functionPlugin(world, () => null);
    const waiting = one.exec([], RULE);
    await one.close();
    await one.close();
    await expect(waiting).rejects.toThrow('object closed');
    expect(isThere(world.at('func_one.ipc'))).toBe(false);
    expect(world.host.openFunctions).toEqual([]);
    expect(await world.host.openFunction('one')).not.toBe(one);
  });

  test('that is refused can be opened later', async () => {
    const world = await scriptedWorld();
    const answers = ['symbol not found', 'ok'];
    await world.start(() => answers.shift() ?? null);
    await expect(world.host.openFunction('one')).rejects.toThrow('receive error: symbol not found');
    await world.host.openFunction('one');
    await expect(world.host.openFunction('nope')).rejects.toThrow('function nope not found');
  });
});
