import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Bundles src/ for the published package: one entry, heavy commands as lazy chunks. */
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { kplugin: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: false,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  legalComments: 'linked',
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
