/** The versions that the tests run against; go.mod files repeat those of Go modules. */
export const VERSIONS = {
  /** The SDK of eKuiper 2.4.0, and the nng binding that it needs. */
  pythonPackages: ['ekuiper==2.4.2', 'pynng==0.8.1'],
  /** What the go.mod of eKuiper's Go SDK asks for. */
  go: [1, 25, 4],
} as const;
