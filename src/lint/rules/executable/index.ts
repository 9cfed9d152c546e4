import type { Rule } from '../../engine/rule.ts';
import { installShBashism } from './install-sh-bashism.ts';
import { installShCrlf } from './install-sh-crlf.ts';
import { installShMissingFile } from './install-sh-missing-file.ts';
import { installShNeedsRoot } from './install-sh-needs-root.ts';
import { installShShellParas } from './install-sh-shell-paras.ts';
import { nodeProgramIsModule } from './node-program-is-module.ts';
import { programForAnotherSystem } from './program-for-another-system.ts';
import { programNotPython } from './program-not-python.ts';
import { programNotRunnable } from './program-not-runnable.ts';
import { programNotStatic } from './program-not-static.ts';
import { sdkNotBundled } from './sdk-not-bundled.ts';
import { shebangCrlf } from './shebang-crlf.ts';
import { shebangInterpreter } from './shebang-interpreter.ts';
import { shellByteOrderMark } from './shell-byte-order-mark.ts';
import { wrapperWithoutExec } from './wrapper-without-exec.ts';

export const EXECUTABLE_RULES: readonly Rule[] = [
  programNotRunnable,
  programForAnotherSystem,
  programNotStatic,
  programNotPython,
  shebangCrlf,
  shebangInterpreter,
  wrapperWithoutExec,
  nodeProgramIsModule,
  sdkNotBundled,
  installShCrlf,
  shellByteOrderMark,
  installShBashism,
  installShMissingFile,
  installShNeedsRoot,
  installShShellParas,
];
