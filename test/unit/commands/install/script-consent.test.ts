import { describe, expect, it } from 'vitest';
import {
  approveScript,
  approveScripts,
  type Scripted,
} from '../../../../src/commands/install/script-consent.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { fakeContext } from '../../cli/fake-context.ts';
import { FakeHost } from '../../deploy/change/fake-host.ts';

async function asking(
  answer: boolean | null,
  options: { allowed?: boolean; yes?: boolean; script?: string } = {},
) {
  const plan = await planInstall(new FakeHost('2.4.0'), {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: 'probe-1.0.0-aaaaaaaa.zip',
    shellParas: ['a b', 'c'],
    reinstall: false,
  });
  const heard = fakeContext(answer, { yes: options.yes ?? false });
  const question = {
    script: options.script ?? '#!/bin/sh\necho \u001b[8mhidden\n',
    plan,
    host: 'edge1:9081',
    allowed: options.allowed ?? false,
  };
  return { heard, done: approveScript(question, heard.context) };
}

const SHOWN =
  'install.sh, which eKuiper on edge1:9081 runs as its own user:\n  | #!/bin/sh\n  | echo \\x1b[8mhidden';

describe('an install.sh', () => {
  it('is shown to whoever is asked, whatever the flags, with nothing hidden', async () => {
    const { heard, done } = await asking(true);
    await done;
    expect(heard.lines).toEqual([`warn: ${SHOWN}`, 'warn: with the arguments: "a b" "c"']);
    expect(heard.questions).toEqual(['Let edge1:9081 run this script?']);
  });

  it.each([
    [true, {}, 'x --token=hunter2; reboot'],
    [null, { yes: true }, 'x --token=***\n  | *** stands for'],
  ])(
    'is shown whole to who is asked, and without secrets in a log',
    async (answer, flags, line) => {
      const { heard, done } = await asking(answer, {
        ...flags,
        script: 'x --token=hunter2; reboot\n',
      });
      await done;
      expect(heard.lines.join('\n')).toContain(`  | ${line}`);
    },
  );

  it.each([
    ['#!/bin/sh\r\necho a\r\n', true],
    ['#!/bin/sh\necho a\n', false],
  ])('with the lines of Windows is said to fail: %j', async (script, isTold) => {
    const { heard, done } = await asking(true, { script });
    await done;
    expect(heard.lines[0]).toContain('  | #!/bin/sh\n  | echo a');
    expect(heard.lines.join('\n').includes('end in CRLF')).toBe(isTold);
  });

  it('stops at a no', async () => {
    const { done } = await asking(false);
    await expect(done).rejects.toMatchObject({ code: 'not-confirmed', exit: 2 });
  });

  it('is never taken for granted where nobody can be asked', async () => {
    const { heard, done } = await asking(null);
    await expect(done).rejects.toMatchObject({ code: 'install-script-not-allowed', exit: 2 });
    expect(heard.questions).toEqual([]);
  });

  it.each([[{ allowed: true }], [{ yes: true }]])('needs no question with %j', async (options) => {
    const { heard, done } = await asking(null, options);
    await done;
    expect(heard.lines[0]).toBe(`info: ${SHOWN}`);
    expect(heard.questions).toEqual([]);
  });
});

describe('for many hosts', () => {
  const planned = (label: string, script: string | null): Scripted => ({
    label,
    script,
    plan: { name: 'pysam', shellParas: [] },
  });
  const EDGES = ['edge1', 'edge2', 'edge3', 'edge4', 'edge5', 'edge6'];

  it('the script is shown and asked for once', async () => {
    const { context, questions, lines } = fakeContext(true);
    const all = EDGES.map((label) => planned(label, 'echo hello'));
    await approveScripts(all, false, context);
    expect(questions).toEqual(['Let edge1, edge2, edge3, edge4 and 2 more run this script?']);
    expect(lines.join('\n').match(/\| echo hello/g)).toHaveLength(1);
  });

  it('nobody to ask is no yes, --yes and --allow-install-script are', async () => {
    const script = [planned('edge1', 'echo hello')];
    await expect(approveScripts(script, false, fakeContext(null).context)).rejects.toMatchObject({
      code: 'install-script-not-allowed',
    });
    const yes = fakeContext(null, { yes: true });
    await approveScripts(script, false, yes.context);
    const allowed = fakeContext(null);
    await approveScripts(script, true, allowed.context);
    expect([...yes.questions, ...allowed.questions]).toEqual([]);
  });

  it('nothing is asked where there is no script', async () => {
    const { context, lines, questions } = fakeContext(null);
    const all = EDGES.map((label) => planned(label, null));
    await approveScripts(all, false, context);
    expect([...lines, ...questions]).toEqual([]);
  });
});
