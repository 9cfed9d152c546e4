// The rooms of src/, from the top floor down. A room may use the rooms below it and nothing else.
const floors = [
  ['cli'],
  ['scaffold', 'deploy', 'server', 'dev'],
  ['cases'],
  ['host'],
  ['package'],
  ['lint'],
  ['sdk'],
  ['sp', 'model'],
];

const upward = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `${room}-looks-down`,
    comment: `src/${room} uses only the rooms below it (see "The rooms" in README.md)`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: `^src/(${
        floors
          .slice(0, floor + 1)
          .flat()
          .filter((other) => other !== room)
          .join('|') || 'nothing'
      })/`,
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'host-and-sdk-meet-on-the-wire',
      severity: 'error',
      from: { path: '^src/host/' },
      to: { path: '^src/sdk/' },
    },
    {
      name: 'only-cli-knows-the-terminal',
      comment: 'commander, chalk and inquirer belong to the terminal',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/(commander|chalk|inquirer|@inquirer)/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      from: { path: '^src/sdk/' },
      to: { path: '^(src/(?!sdk|sp)|node_modules)' },
    },
    {
      name: 'src-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
