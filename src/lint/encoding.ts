import { validUtf8 } from '../model/json/bytes.ts';
import { maskedText } from '../model/secrets/masked-lines.ts';
import { fileWord } from '../model/shell-word.ts';
import { type LikelyEncoding, likelyEncoding } from '../model/text-encoding.ts';

/** How a text that is not UTF-8 is shown: what it may be, and where it begins to be that. */
export interface WrongEncoding extends LikelyEncoding {
  /** How many bytes come before the first that is not UTF-8. */
  readonly offset: number;
}

/** Null for UTF-8 with or without a mark. */
export function wrongEncoding(bytes: Uint8Array): WrongEncoding | null {
  const likely = likelyEncoding(bytes);
  return likely && { ...likely, offset: validUtf8(bytes) };
}

const LONGEST = 60;

/** It is a line of a file like those that are shown below findings: without secrets. */
function short(line: string): string {
  const shown = maskedText(line);
  const chars = Array.from(shown);
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST).join('')}…` : shown;
}

/** `it is probably GBK: # 默认配置`; where several are plausible each with its reading, and none is claimed. */
export function looksLike({ isSure, readings }: WrongEncoding): string {
  const [best] = readings;
  if (best === undefined) return 'its encoding is not known';
  const line = short(best.line);
  if (isSure) return `it is probably ${best.name}${line === '' ? '' : `: ${line}`}`;
  const each = readings.map((one) => `${one.name} (${short(one.line)})`);
  return `it may be ${each.join(' or ')}`;
}

export const SAVE_AS_UTF8 =
  'Save it as UTF-8 (VS Code: "Reopen with Encoding", then "Save with Encoding", UTF-8)';

/**
 * The advice for an editor, and at its end a command that writes the text into a file beside it: what is read in the wrong
 * encoding must not replace the only copy. `instead`: what else helps, `; or …`.
 */
export function saveAsUtf8({ readings }: WrongEncoding, path: string, instead = ''): string {
  const [best] = readings;
  if (best === undefined) return `${SAVE_AS_UTF8}${instead}; look at the text before you save it`;
  const copy = fileWord(`${path}.utf8`);
  const command = `iconv -f ${best.iconv} -t UTF-8 ${fileWord(path)} > ${copy}`;
  const others = readings.slice(1).map(({ iconv }) => iconv);
  const or = others.length > 0 ? ` (perhaps with -f ${others.join(' or -f ')})` : '';
  return `${SAVE_AS_UTF8}${instead}. In the folder of the project this writes a copy to look at${or}: ${command}`;
}
