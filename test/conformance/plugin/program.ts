import { setTimeout as sleep } from 'node:timers/promises';
import { type PluginDefinition, startPlugin } from '../../../src/sdk/index.ts';

/** Put in by the bundler. */
declare const IDENTITY: {
  readonly name: string;
  readonly version: string;
  readonly functionName: string;
  readonly manner: string;
};

const { name, version, functionName, manner } = IDENTITY;
const PACE = 100;
/** Asked with this text, the function refuses the rule and names its version: an answer without rows. */
const WHICH = 'kpc which';
/** Asked with this text, the function ends the process as a crash would. */
const CRASH = 'kpc crash';

if (manner === 'dies') process.exit(3);

/** The plugin of the conformance suite: everything that it says names the version that says it. */
const plugin: PluginDefinition = {
  name,
  sources: {
    [`${name}_ticks`]: {
      async open({ emit, signal }) {
        for (let n = 0; ; n += 1) {
          await emit({ n, made_by: version });
          await sleep(PACE, undefined, { signal });
        }
      },
    },
  },
  sinks: { [`${name}_taken`]: { collect: async () => undefined } },
  functions: {
    [functionName]: {
      validate(args) {
        const text = JSON.stringify(args);
        if (text.includes(CRASH)) process.exit(3);
        if (text.includes(WHICH)) throw new Error(`${name} answers as ${version}`);
      },
      exec(args) {
        if (args.includes(CRASH)) process.exit(3);
        return version;
      },
    },
  },
};

if (manner === 'hangs') setInterval(() => undefined, 1000);
else startPlugin(plugin);
