const SHAPE =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|( +))(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** Whether it may be a time at all, told quickly. */
export function isTimestamp(text: string): boolean {
  return /^\d{4}-\d/.test(text);
}

/**
 * A date or time as yaml.v3 takes one without quotes, in the form in which Go's JSON writes it (RFC 3339); null for any
 * other text. After `T` a zone must follow, after a space none may.
 */
export function timestampOf(text: string): string | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, year = '', month = '', day = '', space, hour, minute = '', second = '', fraction, zone] =
    match;
  const date = [year, two(month), two(day)].join('-');
  if (!isDate(Number(year), Number(month), Number(day))) return null;
  if (hour === undefined) return `${date}T00:00:00Z`;
  if ((space === undefined) !== (zone !== undefined)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = offsetOf(zone ?? 'Z');
  if (offset === null) return null;
  const time = [two(hour), two(minute), two(second)].join(':');
  return `${date}T${time}${shortFraction(fraction)}${offset}`;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** Nanoseconds without trailing zeros; further digits do not count. */
function shortFraction(fraction: string | undefined): string {
  const digits = (fraction ?? '').slice(0, 9).replace(/0{1,9}$/, '');
  return digits === '' ? '' : `.${digits}`;
}

/** `+00:00` is `Z`; null for what Go does not take. */
function offsetOf(zone: string): string | null {
  if (zone === 'Z') return zone;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 24 || minutes > 60) return null;
  const total = hours * 60 + minutes;
  if (total === 0) return 'Z';
  return `${zone.charAt(0)}${two(String(Math.floor(total / 60)))}:${two(String(total % 60))}`;
}
