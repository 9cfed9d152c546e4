import type { ViewProblem } from '../../model/view.ts';

const RESERVED = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\.|$)/i;
const FORBIDDEN = /[<>:"|?*]/;

/**
 * The problem of a file name (one path segment) in a package, or null. Strict, because a package is unpacked,
 * compared and packed again on other systems than the one that made it.
 */
export function nameProblem(name: string): Pick<ViewProblem, 'kind' | 'detail'> | null {
  if (name.includes('\\')) {
    return { kind: 'backslash-name', detail: 'the name holds a backslash' };
  }
  const detail = badName(name);
  return detail === null ? null : { kind: 'bad-name', detail };
}

function badName(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'the name holds a control character';
  if (name.includes('\ufffd')) return 'the name is not valid UTF-8';
  if (RESERVED.test(name)) return 'Windows reserves this name for a device';
  if (FORBIDDEN.test(name)) return 'the name holds a character that Windows forbids: < > : " | ? *';
  return /[. ]$/.test(name) ? 'Windows drops the dot or space at the end of the name' : null;
}
