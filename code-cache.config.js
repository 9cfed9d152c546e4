import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFile, loadBundle } from './bin/load-bundle.js';

/** Runs the commands that people type most, and keeps what V8 compiled for them (see bin/load-bundle.js). */
const folder = mkdtempSync(path.join(tmpdir(), 'kplugin-code-cache-'));
const dist = path.dirname(cacheFile);
for (const name of readdirSync(dist)) {
  if (name.endsWith('.cache')) rmSync(path.join(dist, name));
}
try {
  const { exports, script } = loadBundle();
  const plugin = path.join(folder, 'warm');
  const symbols = ['--source', 'a_source', '--sink', 'a_sink', '--function', 'a_function'];
  await exports.main(['init', plugin, '--language', 'python', ...symbols, '--yes', '-q'], '0');
  const code = await exports.main(['validate', plugin, '-q'], '0');
  if (code !== 0) throw new Error('the plugin of init has findings');
  if (script) writeFileSync(cacheFile, script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
