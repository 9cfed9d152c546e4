/** Protocol numbers of the Scalability Protocols, as sent in the hello (docs/wire.md#framing). */
export const PROTOCOL = { req: 0x30, rep: 0x31, push: 0x50, pull: 0x51 } as const;

export type Protocol = (typeof PROTOCOL)[keyof typeof PROTOCOL];

/** The protocol that the peer must have. */
export const COUNTERPART: Readonly<Record<Protocol, Protocol>> = {
  [PROTOCOL.req]: PROTOCOL.rep,
  [PROTOCOL.rep]: PROTOCOL.req,
  [PROTOCOL.push]: PROTOCOL.pull,
  [PROTOCOL.pull]: PROTOCOL.push,
};

export const HELLO_BYTES = 8;
export const HEADER_BYTES = 9;
/** The first byte of every message on IPC. */
export const MESSAGE = 1;

const TWO_TO_32 = 2 ** 32;

/** The 8 bytes that each side sends when the connection opens: `\0SP\0`, number, reserved. */
export function hello(protocol: Protocol): Buffer {
  const bytes = Buffer.from([0, 0x53, 0x50, 0, 0, 0, 0, 0]);
  bytes.writeUInt16BE(protocol, 4);
  return bytes;
}

/** The 9 bytes before a message's body on IPC: `01` and the length as 64 bits, big-endian. */
export function messageHeader(bodyBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES);
  writeHeader(bytes, 0, bodyBytes);
  return bytes;
}

/** Writes the result of {@link messageHeader} into `bytes` at offset `at`. */
export function writeHeader(bytes: Buffer, at: number, bodyBytes: number): void {
  bytes[at] = MESSAGE;
  bytes.writeUInt32BE(Math.floor(bodyBytes / TWO_TO_32), at + 1);
  bytes.writeUInt32BE(bodyBytes % TWO_TO_32, at + 5);
}
