import { expect, it } from 'vitest';
import { removal } from '../../../../src/commands/remove/removal.ts';
import { removalView } from '../../../../src/commands/remove/run.ts';
import { listPlugins } from '../../../../src/deploy/plugins/host-plugins.ts';
import { abandon } from '../../../../src/deploy/plugins/left-behind.ts';
import { recordIn } from '../../../../src/deploy/record/record-store.ts';
import { fakeContext } from '../../cli/fake-context.ts';
import { fakeClock, hostFailure, notingWatcher } from '../../deploy/change/fake-host.ts';
import { hostWith, OLD } from '../../deploy/plugins/interrupted-host.ts';
import { hostNamed } from '../host-named.ts';

/** `remove` on a host from which the plugin is gone, one step after the other. */
async function gone() {
  const host = hostWith(OLD, null);
  const effects = {
    watcher: notingWatcher(),
    clock: fakeClock(),
    signal: new AbortController().signal,
    recovery: host,
    recoveryClock: fakeClock(),
  };
  const removing = (answer: boolean) => {
    const heard = fakeContext(answer);
    const options = { name: 'pysam', force: false, prune: false };
    return { heard, operation: removal(options, heard.context) };
  };
  const { operation } = removing(true);
  const plan = await operation.plan(host, effects);
  const planned = [{ host: hostNamed('edge1:9081'), label: 'edge1:9081', plan }];
  return { host, plan, planned, removing, apply: () => operation.apply(host, plan, effects) };
}

it('a plugin that was lost in a run that was interrupted can be abandoned', async () => {
  const { host, plan, planned, removing, apply } = await gone();
  const view = removalView('pysam');
  expect(view.before(plan)).toEqual([expect.stringContaining('replace 1.0.0 by 1.1.0')]);
  const { heard, operation } = removing(true);
  await operation.ask(planned);
  expect(heard.questions).toEqual(['edge1:9081: no pysam there. Abandon what was begun?']);
  const { state, data } = view.doneRow('edge1:9081', await apply());
  expect(state).toBe('abandoned');
  expect(data).toMatchObject({ plugin: 'pysam', removed: false, abandoned: true });
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('what was tried stays in its past', async () => {
  const { host, apply } = await gone();
  await apply();
  const { record } = recordIn((await host.exported()).files, 'pysam');
  expect(record).toMatchObject({
    pending: null,
    entries: [{ version: '1.1.0', outcome: 'interrupted' }],
  });
});

it('what the host does not take down is a failure, and can be tried again', async () => {
  const { host, apply } = await gone();
  const write = host.uploadText;
  host.uploadText = () => Promise.reject(hostFailure('refused'));
  await expect(apply()).rejects.toMatchObject({
    code: 'not-abandoned',
    exit: 3,
    reason: expect.stringContaining('pysam.kplugin.json could not be written'),
    hint: 'run it again: kplugin remove pysam --host edge1:9081',
  });
  host.uploadText = write;
  await apply();
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('a no changes nothing', async () => {
  const { host, planned, removing } = await gone();
  await expect(removing(false).operation.ask(planned)).rejects.toMatchObject({
    code: 'not-confirmed',
    exit: 2,
    hint: 'kplugin remove pysam --host edge1:9081\n(and say yes)',
  });
  expect((await listPlugins(host)).gone).toHaveLength(1);
});

it('where nothing was begun there is nothing to write', async () => {
  const { host } = await gone();
  host.files.clear();
  const seen = { info: await host.info(), exported: await host.exported() };
  expect(await abandon(host, 'pysam', seen)).toBeNull();
  expect([...host.files]).toEqual([]);
});
