/**
 * Limits for untrusted texts; a text beyond them is a finding that states the limit. Files that people write stay far
 * below; the limits bound time and memory for malicious files.
 */
export const TEXT_LIMITS = {
  /** Nesting of YAML values. Go's own limit, 10,000, exceeds the call stack. */
  yamlDepth: 1000,
  /** Keys and values of a YAML text; a megabyte of a usual file has a fifth of it. */
  yamlNodes: 500_000,
  /** Steps of decoding a YAML text, aliases expanded. Go rejects alias bombs before that. */
  yamlSteps: 1_500_000,
  /** Nesting of JSON values that are compared, run or passed on; Go's own limit is 10,000. */
  jsonDepth: 1000,
  /** Tokens of one program source file; a usual file of a megabyte has as many. */
  programTokens: 250_000,
  /** Characters of one program source file. */
  programFile: 1024 * 1024,
  /** Bytes of any file that is read whole: a manifest, a symbol's JSON, settings, cases. */
  textFile: 2 * 1024 ** 2,
  /** Bytes of install.sh: a longer one contains data, not commands. */
  script: 256 * 1024,
  /** Bytes of the YAML of a source. */
  sourceYaml: 1536 * 1024,
  /** Characters of a case file in YAML. */
  caseFile: 256 * 1024,
} as const;
