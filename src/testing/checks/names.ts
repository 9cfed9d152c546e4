/** The built-in checks, in their order. */
export const CHECKS = {
  handshake: 'the program starts and shakes hands',
  symbols: 'every declared symbol starts, answers and stops',
  unknown: 'a symbol that it does not have is refused',
  twice: 'two instances of a source at once',
  acks: 'a sink with and without acknowledgements',
  silence: 'six seconds of silence, and then a call',
  restart: 'killed and started anew, all functions answer',
} as const;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS).filter(isCheckName);

export function isCheckName(text: string): text is CheckName {
  return Object.hasOwn(CHECKS, text);
}
