import { EXIT, KpluginError } from '../../model/error.ts';

/** The earliest date that a zip can store. */
const EARLIEST = Date.UTC(1980, 0, 1);
/** The latest date that all zip writers and readers support. */
const LATEST = Date.UTC(2043, 11, 31, 23, 59, 58);

/**
 * The date of every entry: `SOURCE_DATE_EPOCH` (whole seconds since 1970, by the specification of
 * reproducible-builds.org) or 1980-01-01, limited to the range of zip and rounded to its two seconds. Throws a usage
 * error when it is not a whole number of seconds.
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
