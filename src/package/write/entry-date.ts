import { EXIT, KpluginError } from '../../model/error.ts';

/** The first moment that a zip can express. */
const EARLIEST = Date.UTC(1980, 0, 1);
/** The last one that every zip writer and reader agrees on. */
const LATEST = Date.UTC(2043, 11, 31, 23, 59, 58);

/**
 * The date of every entry: `SOURCE_DATE_EPOCH` (whole seconds since 1970, as the specification of
 * reproducible-builds.org asks) or 1980-01-01, within what a zip can hold, on its two-second grid.
 * Throws a usage error for anything that is not a whole number of seconds.
 */
export function entryDate(sourceDateEpoch: string | undefined): Date {
  if (sourceDateEpoch === undefined || sourceDateEpoch === '') return new Date(EARLIEST);
  const seconds = /^\d{1,15}$/.test(sourceDateEpoch) ? Number(sourceDateEpoch) : null;
  if (seconds === null) throw invalid(sourceDateEpoch);
  const even = (seconds - (seconds % 2)) * 1000;
  return new Date(Math.min(LATEST, Math.max(EARLIEST, even)));
}

function invalid(value: string): KpluginError {
  return new KpluginError({
    code: 'source-date-epoch-invalid',
    exit: EXIT.usage,
    message: `SOURCE_DATE_EPOCH is "${value}", which is no whole number of seconds since 1970`,
    reason: 'the dates inside the package come from it',
    hint: 'export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it',
  });
}
