import type { Span } from '../../model/json/node.ts';

/** A file that a program opens for reading by a literal path, and that it neither creates nor checks for existence. */
export interface OpenedFile {
  /** `models/n.bin`, relative to the working directory, or `@/models/n.bin`, relative to the root of the plugin. */
  readonly path: string;
  readonly at: Span;
}

/** Calls that may create any file: missing files are then not reported. */
export const MAKES_FILES =
  /^(?:extractall|unpack_archive|urlretrieve|snapshot_download|hf_hub_download|subprocess|Popen|check_call|check_output|chdir|Chdir|child_process|execSync|spawnSync|execFileSync)$/;
export const MAKES_FOLDERS = /^(?:mkdir|makedirs|Mkdir|MkdirAll|mkdirSync|copytree)$/;
