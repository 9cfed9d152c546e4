'use strict';

const { mkdirSync, realpathSync, statSync } = require('node:fs');
const Module = require('node:module');
const { homedir } = require('node:os');
const path = require('node:path');

/**
 * Lets Node 22.1 and newer keep what V8 compiled, which is a third of a short command's time; Node compiles anew what
 * changed since. Compiled code runs as it is, and Node's own choice is a folder below the shared temporary one, where
 * anybody can be first. So it is a folder that nobody but this user can write to, or none at all.
 */
function enableCompileCache() {
  // With NODE_COMPILE_CACHE the user chose a folder, and Node uses it already.
  if (!Module.enableCompileCache || process.env.NODE_COMPILE_CACHE) return;
  try {
    const folder = path.join(cacheHome(), 'kplugin', 'compile-cache');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const real = realpathSync(folder);
    if (isOursAlone(real)) Module.enableCompileCache(real);
  } catch {
    // A home that cannot be written to: the start takes longer, and that is all.
  }
}

/** Where programs keep what they can make again. Throws where there is no home folder: none is made for this. */
function cacheHome() {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: local } = process.env;
  if (process.platform === 'win32' && local) return local;
  if (chosen && path.isAbsolute(chosen)) return chosen;
  return path.join(realpathSync(homedir()), '.cache');
}

/** Whether each folder of a path belongs to this user or to root, and others can replace nothing in it. */
function isOursAlone(folder) {
  if (process.getuid === undefined) return true;
  const { uid, mode } = statSync(folder);
  const isTrusted = uid === process.getuid() || uid === 0;
  // In a sticky folder (/tmp) everybody can make entries, but not replace those of others.
  if (!isTrusted || (mode & 0o022 && !(mode & 0o1000))) return false;
  const parent = path.dirname(folder);
  return parent === folder || isOursAlone(parent);
}

module.exports = { enableCompileCache };
