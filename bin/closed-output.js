'use strict';

const { readFileSync, readlinkSync } = require('node:fs');

/** What gives a program its own output or one that was written down for it, and opens no `/dev/null` to read as well. */
const SHELLS = /^-?(sh|ash|bash|busybox|csh|dash|fish|ksh|ksh93|mksh|tcsh|yash|zsh)$/;

/**
 * Whether a shell started this process with its output closed (`>&-`), itself or through programs that hand it on
 * (`timeout`, npx). Node puts `/dev/null` in its place before any script runs, opened to read and write, and so do Python
 * and Node for a child whose output is to be discarded: where the first that has another output is no shell, nobody can
 * know which was meant. Only Linux shows what is needed.
 */
function outputIsClosed() {
  try {
    if (!isNullToReadAndWrite('self')) return false;
    for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
      if (isNullToReadAndWrite(pid)) continue;
      if (SHELLS.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())) return true;
      if (outputOf(pid) !== null) return false;
    }
    return false;
  } catch {
    return false;
  }
}

/** Before it stands the name of the program in brackets, which may have any sign. */
function parentOf(pid) {
  return Number(/^.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))[1]);
}

function isNullToReadAndWrite(pid) {
  if (outputOf(pid) !== '/dev/null') return false;
  // The last digit of these octal numbers: 0 reads, 1 writes, 2 does both.
  return /^flags:\s*[0-7]*2$/m.test(readFileSync(`/proc/${pid}/fdinfo/1`, 'utf8'));
}

/** Null where it is closed: some shells close their own until the program has ended. */
function outputOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/fd/1`);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

module.exports = { outputIsClosed };
