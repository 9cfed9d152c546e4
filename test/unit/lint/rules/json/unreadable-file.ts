import { expect, test } from 'vitest';
import type { Rule } from '../../../../../src/lint/engine/rule.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

interface Fault {
  /** A file's text with the fault of this rule and no other. */
  readonly bad: string;
  /** `line:column message`, as {@link short} writes it. */
  readonly says: string;
  /** A text with a fault that is another rule's. */
  readonly other: string;
}

/** The tests of every rule about JSON that Go cannot read: what it says of each kind of file, and when it is silent. */
export function testUnreadable(rule: Rule, { bad, says, other }: Fault): void {
  test.each([
    ['the manifest', 'probe.json', 'fail to install plugin'],
    ['a source', 'sources/psrc.json', 'drops the whole of sources/psrc.yaml'],
    ['a sink', 'sinks/psnk.json', 'the sinks that sort after it'],
    ['a function file', 'functions/pfn.json', 'lists no function at all'],
  ])('in %s, with what eKuiper does there', async (_title, file, effect) => {
    const findings = await findingsOf(rule, { files: { ...GOOD_FILES, [file]: bad } });
    expect(short(findings)).toEqual([says]);
    expect(findings[0]).toMatchObject({ file, severity: 'error' });
    expect(findings[0]?.effect).toContain(effect);
  });

  test('eKuiper 1.14 keeps the YAML', async () => {
    const files = { ...GOOD_FILES, 'sources/psrc.json': bad };
    const [finding] = await findingsOf(rule, { files }, '1.14');
    expect(finding).toBeDefined();
    expect(finding?.effect).not.toContain('psrc.yaml');
  });

  test.each([
    ['another fault', other],
    ['no fault', '{"a": [1, 2, {}]}'],
  ])('silent about %s', async (_title, text) => {
    const files = { ...GOOD_FILES, 'sinks/psnk.json': text };
    expect(await findingsOf(rule, { files })).toEqual([]);
  });
}
