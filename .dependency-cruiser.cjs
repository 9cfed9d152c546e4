// The modules of src/, from the top layer down: one uses those below it, and nothing else.
const layers = [
  'commands',
  'fleet',
  'doctor',
  'hosts',
  'cli',
  'dev',
  'testing',
  'emulator',
  'deploy',
  'client',
  'scaffold',
  'package',
  'lint',
  'sdk',
  'sp',
  'model',
];

const upward = layers.slice(1).map((module, place) => ({
  name: `${module}-uses-what-is-below`,
  comment: `src/${module} uses only the modules below it (see "Layout" in CONTRIBUTING.md)`,
  severity: 'error',
  from: { path: `^src/${module}/` },
  to: { path: `^src/(${layers.slice(0, place + 1).join('|')})/` },
}));

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
      name: 'emulator-and-sdk-meet-on-the-wire',
      severity: 'error',
      from: { path: '^src/emulator/' },
      to: { path: '^src/sdk/' },
    },
    {
      name: 'only-cli-knows-the-terminal',
      comment: 'commander, chalk and inquirer belong to the terminal',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|commands)/' },
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
