import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { HOST_NAME, type Hosts, type NamedHost } from './named-host.ts';

/** The named host. Throws exit 2 when the name is unknown, with a similar name as hint. */
export function knownHost(name: string, { hosts, file }: Hosts): NamedHost {
  const host = hosts.get(name);
  if (host !== undefined) return host;
  const meant = closest(name, [...hosts.keys()]);
  throw new KpluginError({
    code: 'unknown-host',
    exit: EXIT.usage,
    message: `no host named "${name}" was added`,
    reason: `${file} has ${hosts.size === 0 ? 'none' : [...hosts.keys()].join(', ')}`,
    hint:
      meant === null
        ? `kplugin host add ${HOST_NAME.test(name) ? name : '<name>'} <address>`
        : `did you mean ${meant}?`,
  });
}

const EXAMPLES = {
  host: 'kplugin host add edge1 192.0.2.1:9081\n(the name first, then the address)',
  group: 'kplugin host add edge1 192.0.2.1:9081 --group north',
  key: 'kplugin host keygen edge1',
} as const;

/** Checks a name for a host, group or key. Throws exit 2. */
export function asName(text: string, what: keyof typeof EXAMPLES): string {
  if (HOST_NAME.test(text)) return text;
  throw new KpluginError({
    code: 'bad-host-name',
    exit: EXIT.usage,
    message: `this is no name for a ${what}`,
    reason: 'a name has letters, digits, "-" and "_", so that it can be told from an address',
    hint: EXAMPLES[what],
  });
}
