import type { Plugin } from 'esbuild';

/** Parts of packages that kplugin never calls, and that only the packages' own index files ask for. */
const UNUSED = [
  // A question that opens an editor; it brings every encoding there is.
  '@inquirer/editor/',
  // Archives that are no zips.
  'archiver/lib/plugins/(tar|json)\\.js',
  // HTTP/2, which undici speaks to those alone who ask for it (allowH2).
  'undici/lib/dispatcher/(client-h2|h2c-client)\\.js',
  // Bodies of forms.
  'undici/lib/web/',
  // The same parser of HTTP twice: undici takes the plain one where the other cannot be had.
  'undici/lib/llhttp/llhttp_simd-wasm\\.js',
];
const IS_UNUSED = new RegExp(`/node_modules/(${UNUSED.join('|')})`);

/** The part of undici that kplugin calls: its index file builds `fetch`, WebSocket and more, and asks for all of it. */
const UNDICI = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Dispatcher.prototype.request = require('undici/lib/api/api-request.js');
module.exports = {
  Agent: require('undici/lib/dispatcher/agent.js'),
  ProxyAgent: require('undici/lib/dispatcher/proxy-agent.js'),
  buildConnector: require('undici/lib/core/connect.js'),
};`;

/** Whether this file of a package is an empty one in the bundle. */
export function isLeftOut(file: string): boolean {
  return IS_UNUSED.test(`/${file}`);
}

/**
 * Keeps out of the bundle what is unused, most of undici, and copies of Node's own streams: the package readable-stream is these
 * streams for older Nodes.
 */
export const leftOut: Plugin = {
  name: 'left-out',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: IS_UNUSED }, () => ({ contents: 'export default {};' }));
    onResolve({ filter: /^undici$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: 'undici-part',
      pluginData: resolveDir,
    }));
    onLoad({ filter: /./, namespace: 'undici-part' }, ({ pluginData }) => ({
      contents: UNDICI,
      resolveDir: pluginData,
    }));
    onResolve({ filter: /^readable-stream$/ }, () => ({ path: 'node:stream', external: true }));
    onResolve({ filter: /^readable-stream\/passthrough$/ }, ({ path }) => ({
      path,
      namespace: 'node-stream',
    }));
    onLoad({ filter: /./, namespace: 'node-stream' }, () => ({
      contents: "module.exports = require('node:stream').PassThrough;",
    }));
  },
};
