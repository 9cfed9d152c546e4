import { has } from '../../model/behaviours.ts';
import type { Target } from '../../model/target.ts';
import { atLeastVersion } from '../../model/version.ts';

/**
 * Returns the release of pynng to which a release of the Python SDK is pinned; null when it is pinned to none. Source:
 * docs/ekuiper.md#python-on-the-host.
 */
export function pynngFor(sdk: string): string | null {
  if (!atLeastVersion(sdk, '1.13.0')) return null;
  // 2.1.0 pins the old one, 2.1.5 and everything from 2.2.0 on the new one.
  return atLeastVersion(sdk, '2.1.5') ? '0.8.1' : '0.7.2';
}

/** The problem of an SDK release on an eKuiper, or null. Source: docs/ekuiper.md#python-sdk-and-host. */
export function sdkTrouble(sdk: string, target: Target): string | null {
  if (!atLeastVersion(sdk, '2.4.0')) {
    return 'functions built with an SDK before 2.4 stop answering after some idle time (#3965, #3967)';
  }
  if (!has(target, 'passes-over-late-handshakes')) {
    return `its keep-alive, sent after 5 idle seconds, makes eKuiper ${target} fail with "receive error: handshake"`;
  }
  return null;
}

/** The requirement on `ekuiper` for a target. */
export function sdkFor(target: Target): string {
  return !has(target, 'passes-over-late-handshakes') ? 'ekuiper<2.4' : 'ekuiper==2.4.2';
}
