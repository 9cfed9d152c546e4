import { wordsOf } from '../run/failure.ts';
import { isSilence } from '../run/silence.ts';
import { type Check, failed, lastLine, passed, skipped } from './check.ts';

const NOBODY = 'kplugin_no_such_symbol';

/** A symbol that the program does not have must be refused with a text, as both SDKs do. */
export const unknown: Check = async ({ suite, deadline }) => {
  const { host, plugin } = suite;
  if (!host.tryStart) return [skipped(null, 'this host cannot ask for it')];
  const asked = host.tryStart(plugin, { kind: 'source', name: NOBODY }, suite.nextRule());
  try {
    const answer = await deadline.wait(asked, 'refuse it');
    if (answer !== null) return [passed(null, lastLine(answer))];
    return [failed(null, 'it answered "ok" to the start of a symbol that nobody has', WORDS)];
  } catch (thrown) {
    const message = isSilence(thrown) ? 'it gave no answer' : wordsOf(thrown);
    return [failed(null, message, WORDS)];
  }
};

const WORDS = {
  why: 'a rule with a symbol that a newer version has dropped would wait for ever instead of failing with a reason',
  hint: 'answer any start of an unknown symbol with a text such as "symbol not found"',
};
