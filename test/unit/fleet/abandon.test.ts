import { expect, it } from 'vitest';
import { findPlugin, InterruptedPlugin } from '../../../src/deploy/plugins/find.ts';
import { abandon } from '../../../src/deploy/plugins/left-behind.ts';
import { listPlugins } from '../../../src/deploy/plugins/list.ts';
import { recordIn } from '../../../src/deploy/record/keep.ts';
import { abandonOn } from '../../../src/fleet/abandon.ts';
import { fakeContext } from '../cli/deploy/fake-context.ts';
import { hostFailure } from '../deploy/install/fake-host.ts';
import { hostWith, OLD } from '../deploy/plugins/interrupted-host.ts';

/** A host from which the plugin is gone, and what asking for it gives. */
async function gone() {
  const host = hostWith(OLD, null);
  const found: unknown = await findPlugin(host, 'pysam').catch((thrown: unknown) => thrown);
  if (!(found instanceof InterruptedPlugin)) throw new Error('it is there');
  return { host, found };
}

it('a plugin that was lost in a run that was interrupted can be abandoned', async () => {
  const { host, found } = await gone();
  const heard = fakeContext(true);
  const { data } = await abandonOn(host, found, false, heard.context);
  expect(heard.lines).toEqual([expect.stringContaining('1.1.0 in the place of 1.0.0')]);
  expect(heard.questions).toEqual(['edge1:9081 has no pysam. Abandon what was begun there?']);
  expect(data).toMatchObject({ plugin: 'pysam', removed: false, abandoned: true });
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('what was tried stays in its past', async () => {
  const { host, found } = await gone();
  await abandonOn(host, found, false, fakeContext(true).context);
  const { record } = recordIn((await host.exported()).files, 'pysam');
  expect(record).toMatchObject({
    pending: null,
    entries: [{ version: '1.1.0', outcome: 'interrupted' }],
  });
});

it('what the host does not take down is a failure, and can be tried again', async () => {
  const { host, found } = await gone();
  const write = host.uploadText;
  host.uploadText = () => Promise.reject(hostFailure('refused'));
  await expect(abandonOn(host, found, false, fakeContext(true).context)).rejects.toMatchObject({
    code: 'not-abandoned',
    exit: 3,
    reason: expect.stringContaining('pysam.kplugin.json could not be written'),
    hint: 'run it again: kplugin remove pysam --host edge1:9081',
  });
  host.uploadText = write;
  await abandonOn(host, found, false, fakeContext(true).context);
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('a no changes nothing', async () => {
  const { host, found } = await gone();
  const done = abandonOn(host, found, false, fakeContext(false).context);
  await expect(done).rejects.toMatchObject({ code: 'not-confirmed', exit: 2 });
  expect((await listPlugins(host)).gone).toHaveLength(1);
});

it('where nothing was begun there is nothing to write', async () => {
  const { host } = await gone();
  host.files.clear();
  const seen = { info: await host.info(), exported: await host.exported() };
  expect(await abandon(host, 'pysam', seen)).toBeNull();
  expect([...host.files]).toEqual([]);
});
