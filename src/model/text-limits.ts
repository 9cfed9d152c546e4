/**
 * How far kplugin follows a text that somebody else wrote; what goes further is a finding that says so. No file that
 * people write comes near them; they bound the time and memory of files that are made to hang a reader.
 */
export const TEXT_LIMITS = {
  /** How deep values may lie in each other in YAML. Go's own limit, 10,000, is more than a call stack can hold. */
  yamlDepth: 1000,
  /** Keys and values of a YAML text: a megabyte of what people write has a fifth of it. */
  yamlNodes: 500_000,
  /** Steps of decoding a YAML text, aliases written out. Go refuses what multiplies before that. */
  yamlSteps: 1_500_000,
  /** The same for JSON whose values are compared, run or handed on; Go's own limit is 10,000. */
  jsonDepth: 1000,
  /** Tokens of one source file of a program, as many as a megabyte of what people write. */
  programTokens: 250_000,
  /** Characters of one source file of a program. */
  programFile: 1024 * 1024,
  /** Bytes of any file that is read as a whole because people write it: a manifest, a symbol's JSON, settings, cases. */
  textFile: 2 * 1024 ** 2,
  /** Bytes of install.sh: a longer one holds data, which no shell reads as commands. */
  script: 256 * 1024,
  /** Bytes of the YAML of a source. */
  sourceYaml: 1536 * 1024,
  /** Characters of a case file in YAML. */
  caseFile: 256 * 1024,
} as const;
