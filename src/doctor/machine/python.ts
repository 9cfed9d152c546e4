import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseForeignJson } from '../../model/json/bounded.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import type { MachineSubject, OwnEnvironment } from '../facts/machine.ts';
import type { PluginProject } from '../facts/plugin-project.ts';
import { pynngFor, sdkFor } from '../facts/python-here.ts';
import { type Check, type Remark, remark } from '../host/doctor-check.ts';

/**
 * Prints one JSON line: the version and the releases of both packages, null for a missing one. -I ignores the user's
 * own site-packages, where `pip install --user` puts the SDK; a virtual environment does not use them either.
 */
const ASK = `
import json, platform, site, sys
from importlib import metadata
if sys.prefix == sys.base_prefix:
    sys.path.append(site.getusersitepackages())
def release(name):
    try:
        return metadata.version(name)
    except Exception:
        return None
print(json.dumps([platform.python_version(), release("ekuiper"), release("pynng")]))
`;

/** The Python for plugins with its SDK; missing is an error only when the plugin needs it. */
export const python: Check<MachineSubject> = {
  id: 'machine-python',
  asks: 'Python',
  async look({ machine, project }) {
    const needed = project?.language === 'python';
    const { program, own } = await machine.python();
    if (own !== null) return ownRemarks(own, needed, project);
    if (program === null) return [noPython(needed)];
    const answer = parsed((await machine.run(program, ['-I', '-c', ASK]))?.out ?? '');
    if (answer === null) {
      const level = needed ? 'error' : 'warning';
      return [
        remark(
          'machine-python',
          level,
          `${program} does not run as a Python 3`,
          path.isAbsolute(program) && !existsSync(program)
            ? 'there is no such file: give --python the path of a Python 3.8 or newer'
            : 'install Python 3.8 or newer',
        ),
      ];
    }
    const [version = null, sdk = null, pynng = null] = answer;
    const head = `Python ${version ?? '3'} (${program})`;
    return [sdkRemark({ head, program, sdk, pynng, needed, project })];
  },
};

/**
 * Reports the environment from its files, and that it was not started: a cloned project can bring its own interpreter.
 */
function ownRemarks(
  own: OwnEnvironment,
  needed: boolean,
  project: PluginProject | null,
): readonly Remark[] {
  const label = project?.label ?? '.';
  const { program, version, sdk, pynng, isShared } = own;
  const place = label === '.' ? '' : ` ${fileWord(label)}`;
  const notRun = remark(
    'machine-python-not-run',
    'skipped',
    `${program} was not started: doctor runs no program of a project unless you name it`,
    `kplugin doctor${place} --python ${fileWord(program)}`,
  );
  // Packages of the machine's Python would count as well, but only a start of the interpreter would show which Python
  // that is.
  if (version === null || (isShared && (sdk === null || pynng === null))) return [notRun];
  const head = `Python ${version} (${program}, read from its files)`;
  return [sdkRemark({ head, program, sdk, pynng, needed, project }), notRun];
}

function noPython(needed: boolean): Remark {
  const text = 'no Python on the PATH; plugins in Python need one';
  return needed
    ? remark(
        'machine-python',
        'error',
        text,
        'install Python 3.8 or newer, then python3 -m venv .venv',
      )
    : remark('machine-python', 'skipped', text);
}

interface Installed {
  readonly head: string;
  readonly program: string;
  readonly sdk: string | null;
  readonly pynng: string | null;
  readonly needed: boolean;
  readonly project: PluginProject | null;
}

function sdkRemark({ head, program, sdk, pynng, needed, project }: Installed): Remark {
  const pip = `${fileWord(program)} -m pip install`;
  if (sdk === null) {
    return needed
      ? remark(
          'machine-python',
          'error',
          `${head} has no package ekuiper, the SDK`,
          `${pip} ${whatToInstall(project)}`,
        )
      : remark('machine-python', 'ok', `${head} without the SDK (only plugins in Python need it)`);
  }
  const wanted = pynngFor(sdk);
  if (wanted !== null && pynng !== wanted) {
    const text = `${head}: ekuiper ${sdk} needs pynng ${wanted}, and ${pynng === null ? 'none is installed' : `${pynng} is installed`}`;
    return remark('machine-python', needed ? 'error' : 'warning', text, `${pip} pynng==${wanted}`);
  }
  return remark(
    'machine-python',
    'ok',
    `${head} with ekuiper ${sdk}${pynng === null ? '' : ` and pynng ${pynng}`}`,
  );
}

/** The argument for pip, relative to the user's directory: the project's requirements file, or the SDK without one. */
function whatToInstall(project: PluginProject | null): string {
  if (project === null) return 'ekuiper';
  const { label, requirements, target } = project;
  if (requirements === null) return shellWord(sdkFor(target));
  return `-r ${fileWord(path.join(label, 'requirements.txt'))}`;
}

function parsed(out: string): readonly (string | null)[] | null {
  try {
    const value: unknown = parseForeignJson(out);
    if (!Array.isArray(value)) return null;
    return value.map((item) => (typeof item === 'string' ? item : null));
  } catch {
    return null;
  }
}

/** conda, checked only when the plugin needs it; the host needs it as well. */
export const conda: Check<MachineSubject> = {
  id: 'machine-conda',
  asks: 'conda',
  async look({ machine, project }) {
    const ran = await machine.run('conda', ['--version']);
    if (ran !== null && ran.code === 0) return [remark('machine-conda', 'ok', ran.out.trim())];
    const text = 'no conda; only plugins with "virtualEnvType": "conda" need it';
    if (project?.conda !== true) return [remark('machine-conda', 'skipped', text)];
    const hint = 'install conda to run it here; eKuiper needs it on the host as well';
    return [
      remark(
        'machine-conda',
        'warning',
        'the plugin here runs in a conda environment, and there is no conda',
        hint,
      ),
    ];
  },
};
