import { manifestOf, type Sample, usualUse } from '../sample.ts';

function shell(id: string, does: string, text: string, mode = 0o755): Sample {
  return {
    id,
    does,
    language: 'shell',
    use: usualUse('function', id),
    files: {
      [`${id}.json`]: manifestOf(id, 'function', { language: 'go', executable: 'run.sh' }),
      'run.sh': { text, mode },
    },
  };
}

/** Scripts that are no plugin. */
export const SHELL: readonly Sample[] = [
  shell('kpv_sh_exits', 'a script that ends at once', '#!/bin/sh\nexit 0\n'),
  shell('kpv_sh_interpreter', 'an interpreter that is not there', '#!/usr/bin/no-such-shell\n'),
  shell('kpv_sh_crlf', 'a first line that ends with CRLF', '#!/bin/sh\r\nsleep 1000\r\n'),
];
