import { expect, it } from 'vitest';
import { CutOffPlugin, findPlugin } from '../../../src/deploy/plugins/find.ts';
import { giveUp } from '../../../src/deploy/plugins/left-behind.ts';
import { listPlugins } from '../../../src/deploy/plugins/list.ts';
import { recordIn } from '../../../src/deploy/record/keep.ts';
import { giveUpOn } from '../../../src/fleet/give-up.ts';
import { fakeContext } from '../cli/deploy/fake-context.ts';
import { hostFailure } from '../deploy/install/fake-host.ts';
import { hostWith, OLD } from '../deploy/plugins/cut-off-host.ts';

/** A host from which the plugin is gone, and what asking for it gives. */
async function gone() {
  const host = hostWith(OLD, null);
  const found: unknown = await findPlugin(host, 'pysam').catch((thrown: unknown) => thrown);
  if (!(found instanceof CutOffPlugin)) throw new Error('it is there');
  return { host, found };
}

it('a plugin that was lost in a run that was cut off can be given up', async () => {
  const { host, found } = await gone();
  const heard = fakeContext(true);
  const { data } = await giveUpOn(host, found, false, heard.context);
  expect(heard.lines).toEqual([expect.stringContaining('1.1.0 in the place of 1.0.0')]);
  expect(heard.questions).toEqual(['edge1:9081 has no pysam. Give up what was begun there?']);
  expect(data).toMatchObject({ plugin: 'pysam', removed: false, givenUp: true });
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('what was tried stays in its past', async () => {
  const { host, found } = await gone();
  await giveUpOn(host, found, false, fakeContext(true).context);
  const { record } = recordIn((await host.exported()).files, 'pysam');
  expect(record).toMatchObject({
    pending: null,
    entries: [{ version: '1.1.0', outcome: 'cut off' }],
  });
});

it('what the host does not take down is a failure, and can be tried again', async () => {
  const { host, found } = await gone();
  const write = host.uploadText;
  host.uploadText = () => Promise.reject(hostFailure('refused'));
  await expect(giveUpOn(host, found, false, fakeContext(true).context)).rejects.toMatchObject({
    code: 'not-given-up',
    exit: 3,
    reason: expect.stringContaining('pysam.kplugin.json could not be written'),
    hint: 'run it again: kplugin remove pysam --host edge1:9081',
  });
  host.uploadText = write;
  await giveUpOn(host, found, false, fakeContext(true).context);
  expect((await listPlugins(host)).gone).toEqual([]);
});

it('a no changes nothing', async () => {
  const { host, found } = await gone();
  const done = giveUpOn(host, found, false, fakeContext(false).context);
  await expect(done).rejects.toMatchObject({ code: 'not-confirmed', exit: 2 });
  expect((await listPlugins(host)).gone).toHaveLength(1);
});

it('where nothing was begun there is nothing to write', async () => {
  const { host } = await gone();
  host.files.clear();
  const seen = { info: await host.info(), exported: await host.exported() };
  expect(await giveUp(host, 'pysam', seen)).toBeNull();
  expect([...host.files]).toEqual([]);
});
