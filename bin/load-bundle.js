import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const file = path.join(dist, 'kplugin.cjs');

/** Where the build left V8's compiled form of the bundle, for just this V8 and processor. */
export const cacheFile = path.join(
  dist,
  `kplugin-${process.versions.v8}-${process.platform}-${process.arch}.cache`,
);

/**
 * Loads dist/kplugin.cjs. Node 22.1 and newer keep compiled code by themselves; Node 20 does not, and compiling
 * is a third of what a short command takes, so there the build's own cache is used. V8 checks it and ignores one
 * that does not fit.
 */
export function loadBundle() {
  const require = createRequire(file);
  if (Module.enableCompileCache) {
    Module.enableCompileCache();
    return { exports: require(file) };
  }
  const cachedData = readCache();
  const source = Module.wrap(readFileSync(file, 'utf8'));
  const script = new Script(source, { filename: file, ...(cachedData ? { cachedData } : {}) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, file, dist);
  return { exports: module.exports, script };
}

function readCache() {
  try {
    return readFileSync(cacheFile);
  } catch {
    return undefined;
  }
}
