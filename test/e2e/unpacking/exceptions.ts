/** What the emulator does otherwise than the recorded eKuiper, and why that may stay. */
export interface Exception {
  readonly reason: string;
  readonly cases: readonly string[];
  /** What its answer says then. */
  readonly ours: RegExp;
  /** Its files are compared all the same. */
  readonly sameFiles: boolean;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    reason:
      'Node gives whole paths to the system, which takes 4,095 bytes; Go goes from folder to folder',
    cases: ['path_long', 'path_long_file', 'path_long_implied'],
    ours: /kplugin serve refuses the entry .* with its home in front the path has more than 4095 bytes/,
    sameFiles: false,
  },
  {
    reason: 'zlib does not tell where compressed data stops making sense',
    cases: ['method_deflated_for_stored', 'deflate_garbage', 'deflate_bad_block'],
    ours: /fail to install plugin: flate: corrupt input"/,
    sameFiles: true,
  },
  {
    reason: 'zlib keeps to itself what it has decompressed when the data ends too early',
    cases: ['size_packed_less'],
    ours: /fail to install plugin: unexpected EOF"/,
    sameFiles: false,
  },
];

/** Zips that eKuiper refuses for what no look at the zip tells, or kplugin does not see. */
export const UNSEEN: ReadonlyMap<string, string> = new Map([
  ...[
    'script_fails',
    'script_not_found',
    'script_killed',
    'script_terminated',
    'script_removes_program',
    'script_output_odd',
    'script_tail',
  ].map((id): [string, string] => [id, 'install.sh is not run']),
  ...['manifest_capital', 'manifest_other_name'].map((id): [string, string] => [
    id,
    'installed under the name of its manifest it is good; the test asks for another',
  ]),
  ['executable_gbk_as_latin', 'bytes that are no UTF-8 are looked up by Latin-1'],
]);
