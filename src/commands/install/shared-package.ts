import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import type { Candidate } from '../../deploy/install/candidate.ts';
import { download } from '../../deploy/install/download.ts';
import { type ObtainOptions, obtainCandidate } from '../../deploy/install/obtain.ts';
import { isUrl } from '../../model/package-source.ts';

type Obtain = typeof obtainCandidate;

/**
 * An {@link obtainCandidate} for many hosts: a URL is downloaded once, a package is built, packed, digested and checked
 * once for each pair of eKuiper version and processor that is met. One after the other, because a build writes into
 * the project's folder. A failure is everybody's. The files stay in the scratch folder.
 */
export function sharedPackage(obtain: Obtain = obtainCandidate, fetch = download): Obtain {
  const made = new Map<string, Promise<Candidate>>();
  let before: Promise<unknown> = Promise.resolve();
  let downloaded: Promise<string> | null = null;
  const make = async (source: string, options: ObtainOptions): Promise<Candidate> => {
    if (isUrl(source)) downloaded ??= fetch(source, options);
    // A folder for each: the same project has the same file name for every processor.
    const scratch = await mkdtemp(path.join(options.scratch, 'for-'));
    return obtain((await downloaded) ?? source, { ...options, scratch });
  };
  return (source, options) => {
    const key = `${options.target} ${options.arch} ${source}`;
    const known = made.get(key);
    if (known) return known;
    const making = before.then(() => make(source, options));
    before = making.catch(() => undefined);
    made.set(key, making);
    return making;
  };
}
