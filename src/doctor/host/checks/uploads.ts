import { HostFailure } from '../../../client/http/host-failure.ts';
import { has } from '../../../model/behaviours.ts';
import { type Check, type Remark, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

/** A file name that only kplugin uses, so that no file of the host is replaced. */
const PROBE = 'kplugin-doctor.txt';

/** Whether the upload directory can be read, and with `--write` whether it can be written. */
export const uploads: Check<HostFacts> = {
  id: 'host-uploads',
  asks: 'its folder of uploads',
  async look(facts) {
    const { version } = await facts.info();
    if (!has(version, 'takes-uploads')) {
      return [
        remark('host-uploads', 'skipped', `eKuiper ${version} takes no uploads (1.6 and newer do)`),
      ];
    }
    const count = (await facts.uploads()).length;
    const read = `its folder of uploads can be read (${count === 1 ? '1 file' : `${count} files`})`;
    if (facts.write) return [await written(facts, read)];
    return [remark('host-uploads', 'ok', `${read}; writing was not tried: --write does`)];
  },
};

async function written({ client }: HostFacts, read: string): Promise<Remark> {
  try {
    await client.uploadText(PROBE, 'kplugin doctor was here\n');
    await client.removeUpload(PROBE);
    return remark('host-uploads', 'ok', `${read} and written`);
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return remark(
      'host-uploads',
      'error',
      `its folder of uploads cannot be written: ${thrown.message}`,
      thrown.hint,
    );
  }
}
