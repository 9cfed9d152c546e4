import { type Hit, isPrivateKeyText } from './private-key-text.ts';

const HEADER = '-----BEGIN ';

interface Encoded {
  /** Characters that hold bits of what stands before the header too; any will do. */
  readonly before: string;
  /** Characters that hold bits of the header alone. */
  readonly needle: string;
}

/** By the place of the header's first byte in a group of three. */
const ENCODED: readonly Encoded[] = [0, 1, 2].map((place) => {
  const encoded = Buffer.from(`${'x'.repeat(place)}${HEADER}`, 'latin1').toString('base64');
  const [from, to] = [Math.ceil((place * 8) / 6), Math.floor(((place + HEADER.length) * 8) / 6)];
  return { before: encoded.slice(0, from), needle: encoded.slice(from, to) };
});

/** The header in base64, whatever stands before it. */
export const HEADERS_IN_BASE64: readonly string[] = ENCODED.map(({ needle }) => needle);

/** In base64: enough for the header, then for fields and the first lines of a key. */
const NEAR = 80;
const REACH = 1200;

/** Whether a hit of {@link HEADERS_IN_BASE64} begins a private key, as in a kubeconfig. */
export function isPrivateKeyInBase64({ text, at, end }: Hit): boolean {
  const place = HEADERS_IN_BASE64.indexOf(text.slice(at, end));
  const before = ENCODED[place]?.before ?? '';
  const decoded = (reach: number): string => {
    const encoded = text.slice(at, at + reach).replace(/\\[nr]|[\s\\"']+/g, '');
    return Buffer.from(before + encoded, 'base64')
      .toString('latin1')
      .slice(place);
  };
  if (!decoded(NEAR).includes('PRIVATE ')) return false;
  const header = decoded(REACH);
  return isPrivateKeyText({ text: header, at: 0, end: HEADER.length });
}
