import { atLeastVersion } from '../../model/target.ts';
import type { MachineSubject } from '../facts/machine.ts';
import { type Check, type Remark, remark } from '../host/doctor-check.ts';

const NODE_MINIMUM = '20.19.0';

/** The minimum of the Go SDK of eKuiper 2.4 (docs/ekuiper.md#go-sdk). */
const GO_MINIMUM = '1.25.4';

/** kplugin itself and the Node it runs on. */
export const node: Check<MachineSubject> = {
  id: 'machine-node',
  asks: 'Node.js',
  async look({ machine }) {
    const text = `kplugin ${machine.kplugin} on Node.js ${machine.node}`;
    if (atLeastVersion(machine.node, NODE_MINIMUM)) return [remark('machine-node', 'ok', text)];
    return [
      remark(
        'machine-node',
        'error',
        `${text}; it needs ${NODE_MINIMUM} or newer`,
        'install Node.js 20.19 or newer: https://nodejs.org',
      ),
    ];
  },
};

/** Go and its settings; missing is an error only when the plugin is written in Go. */
export const go: Check<MachineSubject> = {
  id: 'machine-go',
  asks: 'Go',
  async look({ machine, project }) {
    const needed = project?.language === 'go';
    const ran = await machine.run('go', ['env', 'GOVERSION', 'CGO_ENABLED', 'GOTOOLCHAIN']);
    if (ran === null || ran.code !== 0) {
      const text = 'no Go on the PATH; plugins in Go need it to be built';
      const hint = `install Go ${GO_MINIMUM} or newer: https://go.dev/dl/`;
      return [
        needed ? remark('machine-go', 'error', text, hint) : remark('machine-go', 'skipped', text),
      ];
    }
    const [version = '', cgo = '', toolchain = ''] = ran.out.split(/\r?\n/);
    return [versionRemark(version, toolchain, needed), ...cgoRemark(cgo, machine.env, needed)];
  },
};

function versionRemark(version: string, toolchain: string, needed: boolean): Remark {
  const text = `Go ${version.replace(/^go/, '')}`;
  if (atLeastVersion(version, GO_MINIMUM)) return remark('machine-go', 'ok', text);
  const fetches = toolchain !== 'local';
  const why = `the SDK of eKuiper 2.4 needs ${GO_MINIMUM}${fetches ? ', which this Go downloads by itself when it can' : ''}`;
  const level = needed && !fetches ? 'error' : needed ? 'warning' : 'ok';
  const hint = level === 'ok' ? null : `install Go ${GO_MINIMUM} or newer: https://go.dev/dl/`;
  return remark('machine-go', level, `${text}; ${why}`, hint);
}

/** pack builds without cgo unless CGO_ENABLED=1 is set (docs/ekuiper.md#executable). */
function cgoRemark(
  cgo: string,
  env: Readonly<Record<string, string | undefined>>,
  needed: boolean,
): Remark[] {
  if (!needed || cgo !== '1' || env['CGO_ENABLED'] !== '1') return [];
  const text =
    'CGO_ENABLED=1 is set: a program linked against glibc does not start in the Alpine images of eKuiper';
  return [remark('machine-go-cgo', 'warning', text, 'unset CGO_ENABLED')];
}
