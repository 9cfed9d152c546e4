import { withFiles, withManifest } from '../../plugin-files.ts';

/** The good plugin, with a Python main program that registers these. */
export function pythonProgram(config: string) {
  const main = `from ekuiper import plugin, PluginConfig\nplugin.start(PluginConfig(${config}))\n`;
  return withFiles({ 'main.py': main });
}

/** A TypeScript project: manifest, `package.json` and this object in `src/plugin.ts`. */
export function typescriptProject(literal: string) {
  const { 'main.py': _, ...files } = withManifest({ language: 'go', executable: 'probe' });
  const plugin = `import type { PluginDefinition } from 'kplugin/sdk';

export const plugin: PluginDefinition = ${literal};
`;
  const nodePackage = { scripts: { build: 'x' }, devDependencies: { kplugin: '*' } };
  return {
    files,
    project: { 'package.json': JSON.stringify(nodePackage), 'src/plugin.ts': plugin },
  };
}

/** A Go project: manifest, `go.mod` and this literal in `main.go`. */
export function goProject(literal: string) {
  const { 'main.py': _, ...files } = withManifest({ language: 'go', executable: 'probe' });
  const main = `package main

import sdk "github.com/lf-edge/ekuiper/sdk/go/runtime"

func main() {
	sdk.Start(os.Args, &sdk.PluginConfig{${literal}})
}
`;
  return { files, project: { 'go.mod': 'module probe\n', 'main.go': main } };
}

/** The good plugin, whose main program has these classes behind a line that imports from the SDK. */
export function pythonClasses(classes: string) {
  return withFiles({
    'main.py': `from ekuiper import Function, Sink, Source\n${classes}\n`,
  });
}
