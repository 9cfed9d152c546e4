const ABOUT = {
  trial: false,
  author: { name: 'a', email: 'a@b.c', company: 'c', website: 'https://example.com' },
  helpUrl: { en_US: 'https://example.com', zh_CN: 'https://example.com' },
  description: { en_US: 'd', zh_CN: 'd' },
};
const FIELD = {
  name: 'interval',
  default: 1000,
  optional: true,
  control: 'text',
  type: 'int',
  hint: { en_US: 'h', zh_CN: 'h' },
  label: { en_US: 'l', zh_CN: 'l' },
};
const LIST_FIELD = {
  ...FIELD,
  name: 'mode',
  control: 'select',
  type: 'string',
  values: ['a', 'b'],
};
const NODE = { category: 'source', icon: 'i', label: { en: 'l', zh: 'l' } };
const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** A file of a project, and how it is changed. */
export interface Part {
  readonly path: string;
  readonly text: string;
  readonly as: 'json' | 'text';
  /** What is run on a project with this file. */
  readonly commands: readonly (readonly string[])[];
  /** Neither decides nor depends on which other files are read: two of these are changed at a time. */
  readonly isIndependent?: boolean;
}

const LOOK = [
  ['validate', '.'],
  ['inspect', '.'],
  ['pack', '.', '--dry-run'],
  ['pack', '.', '--explain'],
  ['diff', '.', '../base'],
  ['test', '.', '--list'],
  ['add', 'function', 'extra', '--dry-run'],
] as const;
/** What reads case files. */
const LISTING = [LOOK[5]] as const;
const HOSTS = [
  ['host', 'list'],
  ['host', 'show', 'edge1'],
  ['host', 'add', 'edge9', 'edge9:9081', '--force'],
  ['host', 'remove', 'edge1', '--yes'],
  ['host', 'use', 'edge2'],
] as const;

const part = (
  path: string,
  text: string,
  commands: readonly (readonly string[])[] = LOOK,
): Part => ({ path, text, as: path.endsWith('.json') ? 'json' : 'text', commands });

const independent = (...args: Parameters<typeof part>): Part => ({
  ...part(...args),
  isIndependent: true,
});

const MANIFEST = part(
  'probe.json',
  json({
    version: '1.0.0',
    language: 'python',
    executable: 'main.py',
    virtualEnvType: 'conda',
    env: 'edge',
    sources: ['cam'],
    sinks: ['out'],
    functions: ['celsius'],
  }),
);
const PROGRAM = independent(
  'main.py',
  'from ekuiper import plugin, PluginConfig\nfrom symbols.celsius import Celsius\n\nif __name__ == "__main__":\n    config = PluginConfig("probe", {"cam": lambda: Cam()}, {"out": Out}, {"celsius": Celsius})\n    plugin.start(config)\n',
);

/**
 * Projects in Python, each file with what reads it: no more files than belong together, as all of them are read for each
 * input.
 */
export const PYTHON: readonly (readonly Part[])[] = [
  [
    MANIFEST,
    PROGRAM,
    independent(
      'sources/cam.json',
      json({
        about: ABOUT,
        libs: [],
        properties: { default: [FIELD, LIST_FIELD] },
        dataSource: FIELD,
        node: NODE,
      }),
    ),
    independent(
      'sources/cam.yaml',
      'default: &a\n  interval: 1000\n  mode: "a"\nfast:\n  <<: *a\n  interval: 10 # ms\n',
    ),
  ],
  [
    MANIFEST,
    PROGRAM,
    independent(
      'sinks/out.json',
      json({ about: ABOUT, properties: [FIELD, LIST_FIELD], node: NODE }),
    ),
    independent(
      'functions/celsius.json',
      json({
        about: ABOUT,
        name: 'celsius',
        functions: [
          { name: 'celsius', example: 'celsius(f)', hint: { en_US: 'h' }, args: [FIELD] },
        ],
      }),
    ),
    independent(
      'install.sh',
      '#!/bin/sh\nset -eu\ncur=$(dirname "$0")\nif [ -f "$cur/requirements.txt" ]; then\n  pip install -r "$cur/requirements.txt"\nfi\ncat <<EOF\n$1 text\nEOF\n',
    ),
    independent('requirements.txt', 'ekuiper==2.4.2\npynng==0.8.1 # wire\n'),
  ],
  [
    MANIFEST,
    PROGRAM,
    part('.kplugin.json', json({ files: ['*.py', 'sources/', '!x.log', 'lib/**'] })),
    part('.kpluginignore', '*.log\n!keep.log\nbuild/\n/docs\nlib/**/x.py\n'),
    independent(
      'tests/cases.yaml',
      'checks:\n  skip: [twice]\ncases:\n  - name: hot\n    function: celsius\n    args: [212]\n    result: { $near: 100, $by: 0.1 }\n  - name: rows\n    source: cam\n    config: { interval: 10 }\n    rows: [{ n: 1 }]\n  - sink: out\n    rows: [{ a: 1 }]\n    file: { path: "{dir}/x", lines: ["1"] }\n',
      LISTING,
    ),
    independent(
      'tests/more.json',
      json([{ name: 'one', function: 'celsius', args: [1], result: { $type: 'number' } }]),
      LISTING,
    ),
  ],
  [
    part(
      'config/hosts.json',
      json({
        default: 'edge1',
        hosts: {
          edge1: { address: 'http://edge1:9081', tokenFile: 't', groups: ['line'] },
          edge2: { address: 'https://edge2/x', caFile: 'ca.pem', issuer: 'https://issuer' },
        },
      }),
      HOSTS,
    ),
  ],
];

/** Those in other languages. */
export const OTHERS: readonly (readonly Part[])[] = [
  [
    part(
      'probe.json',
      json({ version: '1.0.0', language: 'go', executable: 'probe', functions: ['f'] }),
    ),
    part(
      'main.go',
      'package main\n\nimport (\n\t"github.com/lf-edge/ekuiper/sdk/go/api"\n\tsdk "github.com/lf-edge/ekuiper/sdk/go/runtime"\n)\n\nfunc main() {\n\tsdk.Start(os.Args, &sdk.PluginConfig{\n\t\tName: "probe",\n\t\tFunctions: map[string]sdk.NewFunctionFunc{\n\t\t\t"f": func() api.Function { return &F{} },\n\t\t},\n\t})\n}\n',
    ),
    part(
      'go.mod',
      'module probe\n\ngo 1.22\n\nrequire github.com/lf-edge/ekuiper/sdk/go v0.0.0-20260519071446-36c985bfcb36\n',
    ),
  ],
  [
    part(
      'probe.json',
      json({ version: '1.0.0', language: 'go', executable: 'probe', functions: ['f'] }),
    ),
    part(
      'src/plugin.ts',
      "import { type PluginDefinition } from 'kplugin/sdk';\nimport { f } from './symbols/f.ts';\n\nexport const plugin: PluginDefinition = {\n  name: 'probe',\n  functions: {\n    f,\n  },\n};\n",
    ),
    part(
      'package.json',
      json({ name: 'probe', scripts: { build: 'x' }, dependencies: { kplugin: '^0.1.0' } }),
    ),
    part(
      'probe',
      '#!/usr/bin/env node\nconst { startPlugin } = require("kplugin/sdk");\nstartPlugin({ name: "probe" });\n',
    ),
  ],
];
