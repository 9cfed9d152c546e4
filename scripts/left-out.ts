import type { Plugin } from 'esbuild';

/** Modules that kplugin never calls and that only the index files of their packages import. */
const UNUSED = [
  // Archive formats other than zip.
  'archiver/lib/plugins/(tar|json)\\.js',
  // HTTP/2, which undici uses only with the option allowH2.
  'undici/lib/dispatcher/(client-h2|h2c-client)\\.js',
  // SOCKS proxies, which kplugin refuses: their agent is made for socks5:// only.
  'undici/lib/dispatcher/socks5-proxy-agent\\.js',
  // FormData bodies.
  'undici/lib/web/',
  // The HTTP parser exists twice: undici uses the version without SIMD when the other fails to load.
  'undici/lib/llhttp/llhttp_simd-wasm\\.js',
];
const IS_UNUSED = new RegExp(`/node_modules/(${UNUSED.join('|')})`);

const EMPTY = { contents: 'export default {};' } as const;

/** The part of undici that kplugin calls; its index file also loads `fetch`, WebSocket and more. */
const UNDICI = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Dispatcher.prototype.request = require('undici/lib/api/api-request.js');
module.exports = {
  Agent: require('undici/lib/dispatcher/agent.js'),
  ProxyAgent: require('undici/lib/dispatcher/proxy-agent.js'),
  buildConnector: require('undici/lib/core/connect.js'),
};`;

/**
 * esbuild plugin that excludes unused modules, most of undici, and copies of Node's own streams: the package
 * readable-stream contains these for older Nodes.
 */
export const leftOut: Plugin = {
  name: 'left-out',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: IS_UNUSED }, () => EMPTY);
    // Prompts that kplugin does not show; that of the editor includes all encodings. In a namespace: nothing of these
    // packages is in the bundle, so esbuild's metafile must not name them either.
    onResolve(
      { filter: /^@inquirer\/(?:editor|expand|number|password|rawlist|search)$/ },
      ({ path }) => ({ path, namespace: 'empty' }),
    );
    onLoad({ filter: /./, namespace: 'empty' }, () => EMPTY);
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
