import { plainLine } from '../../../client/http/text.ts';
import type { HostSummary, InstalledSummary } from '../../../deploy/diff/host-summary.ts';

/** `eKuiper 2.4.0, linux/amd64` */
export function hostText({ ekuiper, os, arch }: HostSummary): string {
  return `eKuiper ${ekuiper || 'of an unknown version'}, ${os ?? '?'}/${arch ?? '?'}`;
}

/** `pysam 1.0.0, running, pysam-1.0.0-0a1b2c3d.zip` */
export function installedText({ facts, state, upload }: InstalledSummary): string {
  const who = plainLine(`${facts.name ?? ''} ${facts.version ?? ''}`).trim();
  const parts = [who, state === 'unknown' ? 'registered' : state, upload ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}
