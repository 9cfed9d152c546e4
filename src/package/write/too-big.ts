import { EXIT, KpluginError } from '../../model/error.ts';

/** Why a package is not written that kplugin would not read; `detail` says what is too big about it. */
export function tooBig(detail: string): KpluginError {
  return new KpluginError({
    code: 'package-too-big',
    exit: EXIT.findings,
    message: `nothing was packed: ${detail}`,
    reason: 'kplugin takes such a package for a zip bomb and does not read it',
    hint: 'leave out what the plugin does not need to run; make large empty files in install.sh or at run time',
  });
}
