import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildRun, runTool, type Tool } from './run-tool.ts';

export interface GoBuild extends BuildRun {
  /** Where the program goes, relative to the project, whose root holds the main package: the manifest's `executable`. */
  readonly executable: string;
  /** GOARCH: amd64, arm64, arm, 386 … */
  readonly arch: string;
}

/**
 * Builds a Go plugin for Linux without cgo: a static program that runs in every eKuiper image (field-notes.md §1.8).
 * Machine paths and the state of version control stay out of it, so that the same sources give the same bytes.
 * Throws a KpluginError when there is no Go or the build fails, with what `go` said.
 */
export async function goBuild(build: GoBuild): Promise<void> {
  await mkdir(dirname(join(build.directory, build.executable)), { recursive: true });
  await runTool(build, goTool(build));
}

/** The command as a user would type it. */
export function goCommand({ executable, arch }: Pick<GoBuild, 'executable' | 'arch'>): string {
  return `CGO_ENABLED=0 GOOS=linux GOARCH=${arch} go ${goArguments(executable).join(' ')}`;
}

function goArguments(executable: string): string[] {
  return ['build', '-trimpath', '-buildvcs=false', '-o', executable, '.'];
}

function goTool(build: GoBuild): Tool {
  return {
    program: 'go',
    args: goArguments(build.executable),
    env: { CGO_ENABLED: '0', GOOS: 'linux', GOARCH: build.arch },
    typed: goCommand(build),
    speaker: 'go',
    missing: {
      code: 'go-missing',
      message: 'the project is written in Go, and the program `go` could not be started',
      hint: 'install Go (https://go.dev/dl), or build the executable elsewhere and use --no-build',
    },
  };
}
