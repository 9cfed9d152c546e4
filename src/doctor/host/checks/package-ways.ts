import { HostFailure } from '../../../client/http/host-failure.ts';
import { has } from '../../../model/behaviours.ts';
import { type Check, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/** A file name that only kplugin uses, so that no file of the host is replaced. */
const PROBE_FILE = 'kplugin-doctor.txt';

const PROBE_PLUGIN = 'kplugin-doctor';

/** Port 1 is never open, and this path never exists: eKuiper fails on both before it changes anything. */
const PRIVATE = 'http://127.0.0.1:1/kplugin-doctor.zip';

const OUTSIDE = 'file:///kplugin-doctor/none.zip';

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
    await client.uploadText(PROBE_FILE, 'kplugin doctor was here\n');
    await client.removeUpload(PROBE_FILE);
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

/**
 * The settings `basic.enablePrivateNet` and `basic.allowExternalFileAccess` (2.4+; docs/ekuiper.md#downloads), which
 * no request returns. The error text of an installation that must fail shows them; it changes nothing and is sent with
 * `--write` only.
 */
export const downloads: Check<HostFacts> = {
  id: 'host-downloads',
  asks: 'from where it takes packages',
  async look(facts) {
    const { version } = await facts.info();
    if (!has(version, 'refuses-private-addresses')) {
      return [
        remark(
          'host-downloads',
          'ok',
          `eKuiper ${version} takes packages from any address and any file (limits came with 2.4)`,
        ),
      ];
    }
    if (!facts.write) {
      const text =
        'enablePrivateNet and allowExternalFileAccess cannot be read from outside; kplugin needs neither, --write finds out';
      return [remark('host-downloads', 'skipped', text)];
    }
    return [
      await tried(
        facts,
        PRIVATE,
        /in internal network/,
        'basic.enablePrivateNet',
        'packages at private addresses',
      ),
      await tried(
        facts,
        OUTSIDE,
        /file access denied/,
        'basic.allowExternalFileAccess',
        'packages outside its uploads',
      ),
    ];
  },
};

async function tried(
  { client }: HostFacts,
  file: string,
  refused: RegExp,
  setting: string,
  what: string,
): Promise<Remark> {
  const words = await wordsOf(client.create({ name: PROBE_PLUGIN, file, shellParas: [] }, 10_000));
  const off = refused.test(words);
  const text = `${setting} is ${off ? 'false: it refuses' : 'true: it takes'} ${what}; kplugin does not need it`;
  return remark('host-downloads', 'ok', text);
}

async function wordsOf(work: Promise<void>): Promise<string> {
  try {
    await work;
    return '';
  } catch (thrown) {
    if (thrown instanceof HostFailure && thrown.kind === 'refused') return thrown.words ?? '';
    throw thrown;
  }
}
