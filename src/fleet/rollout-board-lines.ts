/** What is seen of one host while the roll-out goes on. */
export interface Seat {
  readonly label: string;
  state: 'waiting' | 'at-work' | 'ended';
  /** What it is doing, or how it ended. */
  text: string;
  failed: boolean;
}

/**
 * The hosts as so many lines: all of them where they fit; else those at work and those that failed, and a line that
 * counts the rest.
 */
export function boardLines(seats: readonly Seat[], room: number): string[] {
  const width = Math.max(...seats.map(({ label }) => label.length));
  const line = ({ label, state, text }: Seat): string =>
    `${state === 'at-work' ? '…' : ' '} ${label.padEnd(width)}  ${text}`.trimEnd();
  if (seats.length <= room) return seats.map(line);
  const atWork = seats.filter(({ state }) => state === 'at-work');
  const failed = seats.filter(({ failed }) => failed);
  const shown = [...failed, ...atWork];
  const first = Math.max(0, shown.length - (room - 1));
  return [...shown.slice(first).map(line), countLine(seats)];
}

function countLine(seats: readonly Seat[]): string {
  const count = (is: (seat: Seat) => boolean): number => seats.filter(is).length;
  const failed = count((seat) => seat.failed);
  const ended = count(({ state }) => state === 'ended') - failed;
  const parts = [
    `${ended} of ${seats.length} hosts done`,
    failed > 0 ? `${failed} failed` : null,
    `${count(({ state }) => state === 'at-work')} at work`,
    `${count(({ state }) => state === 'waiting')} waiting`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
