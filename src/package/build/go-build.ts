import { dirname, join } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { makeFolders } from '../files/folders.ts';
import { listDirectory } from '../files/list-directory.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { type BuildRun, runTool, type Tool } from './run-tool.ts';

export interface GoBuild extends BuildRun {
  /** Output path relative to the project: the manifest's `executable`. */
  readonly executable: string;
  /** GOARCH: amd64, arm64, arm, 386 … */
  readonly arch: string;
  /** Called with each command before it runs. */
  readonly onStart?: (command: string) => void;
}

/** The architectures for which Go builds programs for Linux. */
const ARCHITECTURES =
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x'.split(' ');

/** Throws exit 2 for an architecture that Go does not know for Linux. */
export function refuseUnknownArch(arch: string): void {
  if (ARCHITECTURES.includes(arch)) return;
  throw new KpluginError({
    code: 'arch-unknown',
    exit: EXIT.usage,
    message: `--arch "${arch}" is no architecture of Go for Linux`,
    hint: `use one of ${ARCHITECTURES.join(', ')}`,
  });
}

/** The main package and how it is built. */
interface Main {
  /** `.` or `./cmd/plugin` */
  readonly folder: string;
  readonly usesC: boolean;
  /** CGO_ENABLED */
  readonly cgo: '0' | '1';
}

/**
 * Builds a Go plugin for Linux: static, without cgo, so that it runs in every eKuiper image
 * (docs/ekuiper.md#executable), unless CGO_ENABLED=1 is set. Excludes machine paths and version control data, so that
 * the same sources give the same bytes. Throws a KpluginError when Go is not installed or the build fails, with the
 * output of `go`.
 */
export async function goBuild(build: GoBuild): Promise<void> {
  await makeFolders(dirname(join(build.directory, build.executable)));
  const main = { ...(await mainPackage(build.directory)), cgo: cgoOf(build) };
  const note =
    main.usesC && main.cgo === '0'
      ? '\n(files with import "C" are left out; set CGO_ENABLED=1 to build them)'
      : '';
  build.onStart?.(`${goCommand(build, main)}${note}`);
  await runTool(build, goTool(build, main));
}

function cgoOf({ env }: GoBuild): Main['cgo'] {
  return env['CGO_ENABLED'] === '1' ? '1' : '0';
}

/** The folder of `package main`: the project, else the only one in `cmd/`. */
async function mainPackage(directory: string): Promise<Omit<Main, 'cgo'>> {
  const root = await goFiles(directory);
  const inside = root.isMain ? [] : foldersIn(join(directory, 'cmd'));
  const found = await Promise.all(
    inside.map(async (name) => ({ name, ...(await goFiles(join(directory, 'cmd', name))) })),
  );
  const [only, ...others] = found.filter(({ isMain }) => isMain);
  if (only === undefined || others.length > 0) return { folder: '.', usesC: root.usesC };
  return { folder: `./cmd/${only.name}`, usesC: only.usesC };
}

const USES_C = /^[ \t]{0,9}(?:import[ \t]{1,9})?"C"[ \t]{0,9}\r?$/m;

async function goFiles(folder: string): Promise<{ isMain: boolean; usesC: boolean }> {
  const names = namesIn(folder).filter((name) => /^[^_.].*(?<!_test)\.go$/.test(name));
  const texts = await Promise.all(
    names.map(async (name) =>
      ((await readRegularFile(join(folder, name)).catch(nullUnlessLimit)) ?? '').toString(),
    ),
  );
  return {
    isMain: texts.some((text) => /^package main\b/m.test(text)),
    usesC: texts.some((text) => USES_C.test(text)),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return listDirectory(folder).map(({ name }) => name);
  } catch {
    return [];
  }
}

function foldersIn(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => !/^[_.]|\.go$/.test(name));
}

/** The command as a user would type it. */
function goCommand(build: GoBuild, main: Main): string {
  return `CGO_ENABLED=${main.cgo} GOOS=linux GOARCH=${build.arch} go ${goArguments(build, main).join(' ')}`;
}

function goArguments({ executable }: GoBuild, { folder }: Main): string[] {
  return ['build', '-trimpath', '-buildvcs=false', '-o', executable, folder];
}

/** What go prints when it cannot get a module. */
const NOT_FETCHED =
  /proxy\.golang\.org|dial tcp|no such host|i\/o timeout|unrecognized import path|module lookup disabled|cannot find module providing|TLS handshake/;

function goTool(build: GoBuild, main: Main): Tool {
  return {
    program: 'go',
    args: goArguments(build, main),
    env: { CGO_ENABLED: main.cgo, GOOS: 'linux', GOARCH: build.arch },
    typed: goCommand(build, main),
    speaker: 'go',
    hintFor: (output) => {
      if (NOT_FETCHED.test(output)) {
        return 'go could not get a module. Where there is no way to proxy.golang.org: set GOPROXY to a mirror (GOPROXY=https://goproxy.cn,direct), run go mod vendor on a machine that has one and copy vendor/, or name a copy of the SDK: go mod edit -replace github.com/lf-edge/ekuiper/sdk/go=<dir>';
      }
      if (!/no Go files in|is not a main package|no required module provides/.test(output))
        return null;
      return `kplugin builds the main package in the project, or the only one in cmd/; for another write into .kplugin.json: {"build": ["go", "build", "-o", "${build.executable}", "./<folder>"]}`;
    },
    missing: {
      code: 'go-missing',
      message: 'the project is written in Go, and the program `go` could not be started',
      hint: 'install Go (https://go.dev/dl), or build the executable elsewhere and use --no-build',
    },
  };
}
