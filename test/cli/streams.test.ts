import { describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { allCommands } from '../../src/commands/table.ts';
import { kplugin } from '../bin/run.ts';

const COMMANDS = await allCommands();

describe('kplugin at large', () => {
  it('prints its version and nothing else', async () => {
    expect(await kplugin(['--version'])).toEqual({
      code: 0,
      stdout: `${pkg.version}\n`,
      stderr: '',
    });
  });

  it('prints help on stdout, the same without arguments', async () => {
    const help = await kplugin(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(await kplugin([])).toEqual(help);
    for (const { name, topic } of COMMANDS)
      expect(help.stdout).toContain(`  ${topic?.name ?? name}`);
    await expect(help.stdout).toMatchFileSnapshot('golden/help.txt');
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'kplugin %s --help: examples first, then every flag with its variable',
    async (name, command) => {
      const { code, stdout } = await kplugin([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout.indexOf('Examples:')).toBeLessThan(stdout.indexOf('Usage:'));
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(stdout).toContain(example.command);
      await expect(stdout).toMatchFileSnapshot(`golden/help-${name.replace(' ', '-')}.txt`);
    },
  );

  it.each([
    ['an unknown command', ['pakc'], 'Did you mean pack?'],
    ['the help of an unknown command', ['pakc', '--help'], 'Did you mean pack?'],
    ['an unknown flag', ['pack', '--dry-rum'], 'Did you mean --dry-run?'],
  ])('answers %s on stderr with exit 2 and a suggestion', async (_name, argv, suggestion) => {
    const { code, stdout, stderr } = await kplugin(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(suggestion);
  });

  it('puts a usage error into the envelope under --json', async () => {
    const { code, stdout, stderr } = await kplugin(['pack', '--dry-rum', '--json']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      command: 'pack',
      data: null,
      error: {
        code: 'usage-unknown-option',
        message: "unknown option '--dry-rum'",
        reason: null,
        hint: 'Did you mean --dry-run?',
        findings: [],
      },
    });
  });
});
