import type { Span } from '../../model/json/node.ts';

/** A file that a program opens for reading by a path that it writes out, and that it neither makes nor asks for. */
export interface OpenedFile {
  /** `models/n.bin`, from where the program was started, or `@/models/n.bin`, from the root of the plugin. */
  readonly path: string;
  readonly at: Span;
}

/** What may make any file: then nobody can tell what is missing. */
export const MAKES_FILES =
  /^(?:extractall|unpack_archive|urlretrieve|snapshot_download|hf_hub_download|subprocess|Popen|check_call|check_output|chdir|Chdir|child_process|execSync|spawnSync|execFileSync)$/;
export const MAKES_FOLDERS = /^(?:mkdir|makedirs|Mkdir|MkdirAll|mkdirSync|copytree)$/;
