import { HostFailure } from '../../../src/client/http/host-failure.ts';

/** What an exchange with a host fails with; throws when that is no HostFailure, or nothing at all. */
export async function hostFailureOf(asking: Promise<unknown>): Promise<HostFailure> {
  const thrown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof HostFailure)) throw new Error(`no HostFailure but ${String(thrown)}`);
  return thrown;
}
