import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';
import { listenReply } from '../../fixtures/reply-socket.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnix, describeOnUnixWith } from '../../toolchain/require.ts';
import { closing } from '../../wire/sockets.ts';
import { metaOf, openHost } from './open-host.ts';
import { pythonPlugin } from './python-plugin.ts';

const RULE = { ruleId: 'kpp', opId: 'op', instanceId: 0, funcId: 0 };

/** A conda that notes how it was called and runs the rest of its command in its own Python, as `conda run` does. */
const CONDA = (python: string, notes: string) => `#!/bin/sh
echo "$@" >> ${notes}
shift 4
exec ${python} "$@"
`;

await describeOnUnixWith('processes of plugins with the real Python SDK', sdkPython, (python) => {
  test('conda starts one that asks for it, and ends with it', async () => {
    const world = await openHost({ python: 'python' });
    const bin = path.join(world.folder, 'bin');
    const notes = path.join(world.folder, 'conda.txt');
    await mkdir(bin);
    await writeFile(path.join(bin, 'conda'), CONDA(python, notes), { mode: 0o755 });
    const { host } = world;
    const condaHost = await openHost({ python: 'python', env: { PATH: `${bin}:/usr/bin:/bin` } });
    const entries = (await pythonPlugin('kpp_conda')).map((entry) =>
      entry.name === 'kpp_conda.json'
        ? {
            ...entry,
            text: JSON.stringify({
              ...JSON.parse(entry.text ?? ''),
              virtualEnvType: 'conda',
              env: 'my_env',
            }),
          }
        : entry,
    );
    // Without one on the PATH eKuiper says so, and so does the host.
    await expect(world.install('kpp_conda', entries)).rejects.toThrow(
      'exec: "conda": executable file not found in $PATH',
    );
    expect(host.list()).toEqual([]);
    await condaHost.install('kpp_conda', entries);
    const two = await condaHost.host.openFunction('kpp_conda_two');
    expect(await two.exec([21], RULE)).toBe(42);
    const main = path.join(condaHost.host.home.plugins, 'kpp_conda', 'main.py');
    expect(await readFile(notes, 'utf8')).toBe(
      `run -n my_env python ${main} {"sendTimeout":1000}\n`,
    );
    const started = condaHost.events.find(({ kind }) => kind === 'started');
    const pid = started?.kind === 'started' ? started.pid : 0;
    await condaHost.host.close();
    expect(await isRunning(pid)).toBe(false);
    expect(existsSync('/tmp/func_kpp_conda_two.ipc')).toBe(false);
  });
});

/** A plugin that is a shell script: nothing of it ever dials. */
function script(name: string, text: string): ZipEntrySpec[] {
  const manifest = { version: '1', language: 'go', executable: 'run', functions: [`${name}_fn`] };
  return [
    { name: `${name}.json`, text: JSON.stringify(manifest) },
    { name: 'run', text: `#!/bin/sh\n${text}\n`, mode: '755' },
  ];
}

/** Names the socket, who has it where that can be found out, and what it is there. */
function inUse(file: string, rival: string): RegExp {
  const who = process.platform === 'linux' ? `node \\(process ${process.pid}\\)` : '.*';
  return new RegExp(
    `listen unix ${file}: bind: address already in use\nkplugin: another process listens on ${file}: ${who} runs ${rival} on this machine; remove it there first`,
  );
}

describeOnUnix('a host that is in somebody’s way', () => {
  test('names the other one on the control socket of a plugin', async () => {
    const path = '/tmp/plugin_kpp_taken.ipc';
    closing(await listenReply(path, { onRequest: () => undefined }));
    const world = await openHost();
    await expect(world.install('kpp_taken', script('kpp_taken', 'sleep 60'))).rejects.toThrow(
      inUse(path, 'a plugin of this name'),
    );
    expect(world.events.filter(({ kind }) => kind === 'started')).toEqual([]);
  });

  test('says in one sentence that its sockets cannot be made', async () => {
    const world = await openHost();
    const file = path.join(world.folder, 'file');
    // In place of a folder without permission: this refuses root as well.
    await writeFile(file, '');
    const other = await openHost({ socketFolder: file });
    await expect(other.install('kpp_sealed', script('kpp_sealed', 'sleep 60'))).rejects.toThrow(
      `bind: not a directory\nkplugin: no socket can be made in ${file}, and a plugin looks for its host nowhere else; make ${file} writable (in a container: a tmpfs at ${file})`,
    );
    expect(other.host.status('kpp_sealed')?.status).toBe('error');
  });
});

await describeOnUnixWith('sockets that others have', sdkPython, (python) => {
  test('are named for symbols as well, and the plugin goes on', async () => {
    const world = await openHost({ python });
    await world.install('kpp_busy', await pythonPlugin('kpp_busy'));
    const { host } = world;
    for (const name of ['func_kpp_busy_two', 'kpp_busy_r_s_0', 'kpp_busy_r_k_0_ack']) {
      closing(await listenReply(`/tmp/${name}.ipc`, { onRequest: () => undefined }));
    }
    const taken = (file: string, rival: string) => inUse(`/tmp/${file}.ipc`, rival);
    await expect(host.openFunction('kpp_busy_two')).rejects.toThrow(
      taken('func_kpp_busy_two', 'a plugin with a function of this name'),
    );
    const rule = 'a rule with the same id and operation';
    const source = {
      symbol: 'kpp_busy_src',
      meta: metaOf('kpp_busy_r', 's'),
      config: {},
      onMessage: () => undefined,
    };
    await expect(host.openSource(source)).rejects.toThrow(taken('kpp_busy_r_s_0', rule));
    const sink = { symbol: 'kpp_busy_snk', meta: metaOf('kpp_busy_r', 'k'), config: {} };
    await expect(host.openSink(sink)).rejects.toThrow(taken('kpp_busy_r_k_0_ack', rule));
    expect(host.status('kpp_busy')).toEqual({ status: 'running', errMsg: '', refCount: {} });
    expect(await (await host.openFunction('kpp_busy_three')).exec([1], RULE)).toBe(3);
  });
});
