import { hostname } from 'node:os';
import { nameIn } from '../../emulator/http/page-guard.ts';
import { EXIT, KpluginError } from '../../model/error.ts';

/** The names of this machine (whole, and up to the first dot) and of `--allow-host`; throws exit 2. */
export function hostNames(allowed: readonly string[]): ReadonlySet<string> {
  const own = hostname().toLowerCase().replace(/\.$/, '');
  return new Set([own, own.split('.')[0] ?? own, ...allowed.map(named)]);
}

function named(typed: string): string {
  const name = nameIn(typed.trim());
  if (name !== null && name !== '' && name !== '*') return name;
  throw new KpluginError({
    code: 'allow-host-unknown',
    exit: EXIT.usage,
    message: `--allow-host "${typed}" is no host name`,
    hint: 'name one host each time: --allow-host edge1.example.com --allow-host host.docker.internal',
  });
}
