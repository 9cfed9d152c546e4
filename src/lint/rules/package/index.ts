import type { Rule } from '../../engine/rule.ts';
import { backslashName } from './backslash-name.ts';
import { badEntryName } from './bad-entry-name.ts';
import { caseConflict } from './case-conflict.ts';
import { doubleDots } from './double-dots.ts';
import { duplicateEntry } from './duplicate-entry.ts';
import { entryDamaged } from './entry-damaged.ts';
import { entryEncrypted } from './entry-encrypted.ts';
import { entryEscapes } from './entry-escapes.ts';
import { entryNameEncoding } from './entry-name-encoding.ts';
import { entryNameTooLong } from './entry-name-too-long.ts';
import { fileAndFolder } from './file-and-folder.ts';
import { linkOutside } from './link-outside.ts';
import { missingParent } from './missing-parent.ts';
import { nativePlugin } from './native-plugin.ts';
import { nestedZip } from './nested-zip.ts';
import { notAZip } from './not-a-zip.ts';
import { notExecutable } from './not-executable.ts';
import { osJunk } from './os-junk.ts';
import { pointerPacked } from './pointer-packed.ts';
import { secretPacked } from './secret-packed.ts';
import { sourceYamlMissing } from './source-yaml-missing.ts';
import { specialMode } from './special-mode.ts';
import { symlinkEntry } from './symlink-entry.ts';
import { textEncoding } from './text-encoding.ts';
import { textNotChecked } from './text-not-checked.ts';
import { tooManySymbolFiles } from './too-many-symbol-files.ts';
import { unreadableMode } from './unreadable-mode.ts';
import { unsupportedCompression } from './unsupported-compression.ts';
import { zipAmbiguous } from './zip-ambiguous.ts';
import { zipTooBig } from './zip-too-big.ts';
import { zipUntidy } from './zip-untidy.ts';

export const PACKAGE_RULES: readonly Rule[] = [
  notAZip,
  zipAmbiguous,
  entryDamaged,
  entryEncrypted,
  unsupportedCompression,
  zipTooBig,
  duplicateEntry,
  fileAndFolder,
  entryEscapes,
  backslashName,
  badEntryName,
  entryNameEncoding,
  entryNameTooLong,
  caseConflict,
  doubleDots,
  linkOutside,
  symlinkEntry,
  specialMode,
  notExecutable,
  unreadableMode,
  missingParent,
  sourceYamlMissing,
  tooManySymbolFiles,
  textNotChecked,
  textEncoding,
  nativePlugin,
  nestedZip,
  secretPacked,
  pointerPacked,
  osJunk,
  zipUntidy,
];
