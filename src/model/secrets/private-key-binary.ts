import { isPkcs12Around, PKCS12_MARK } from './private-key-der.ts';
import { DER_MARKS, isPrivateKeyDerAround } from './private-key-der-inside.ts';
import { isOpenSshKey, OPENSSH_MARK } from './private-key-openssh.ts';

/** What a finding says of a key in binary form; such a file has no lines. */
interface BinaryKey {
  readonly what: string;
  readonly isPrivateKey: true;
  readonly isSealed?: boolean;
  readonly line: null;
}

const PRIVATE_KEY: BinaryKey = { what: 'a private key', isPrivateKey: true, line: null };

export const KEY_STORE: BinaryKey = {
  what: 'a PKCS#12 key store',
  isPrivateKey: true,
  isSealed: true,
  line: null,
};

/** What a key holds at or near its beginning, and how it is told from chance. */
interface BinaryForm {
  readonly key: BinaryKey;
  readonly marks: readonly Buffer[];
  isAround(bytes: Buffer, at: number): boolean;
}

const FORMS: readonly BinaryForm[] = [
  { key: PRIVATE_KEY, marks: DER_MARKS, isAround: isPrivateKeyDerAround },
  { key: PRIVATE_KEY, marks: [OPENSSH_MARK], isAround: isOpenSshKey },
  { key: KEY_STORE, marks: [PKCS12_MARK], isAround: isPkcs12Around },
];

/** What {@link binaryKeyAround} is asked about. */
export const BINARY_MARKS: readonly Buffer[] = FORMS.flatMap(({ marks }) => marks);

/** The key in binary form (DER, OpenSSH, PKCS#12) that one of {@link BINARY_MARKS} at this place belongs to, or null. */
export function binaryKeyAround(bytes: Buffer, at: number): BinaryKey | null {
  return FORMS.find((form) => form.isAround(bytes, at))?.key ?? null;
}
