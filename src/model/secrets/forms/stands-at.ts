/**
 * Whether `what` is at an offset. Called millions of times for a file with many key starts: mostly the first bytes
 * differ, and Node's comparison costs twenty times as much.
 */
export function standsAt(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let index = 0; index < what.length; index += 1) {
    if (bytes[at + index] !== what[index]) return false;
  }
  return true;
}
