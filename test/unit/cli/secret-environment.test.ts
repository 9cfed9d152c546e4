import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../../../src/cli/secret-environment.ts';

function env(): Record<string, string | undefined> {
  return {
    PATH: '/bin',
    KPLUGIN_HOST: 'edge1',
    KPLUGIN_TOKEN: 'hush-token',
    KPLUGIN_PROXY: 'http://u:hush@p:1',
  };
}

describe('the environment of commands', () => {
  it('answers every question', () => {
    const apart = hideSecrets(env());
    expect(apart['KPLUGIN_TOKEN']).toBe('hush-token');
    expect(apart['KPLUGIN_PROXY']).toBe('http://u:hush@p:1');
    expect(apart['KPLUGIN_HOST']).toBe('edge1');
    expect(apart['KPLUGIN_NONE']).toBeUndefined();
  });

  it('hands no secret on, however it is handed on', () => {
    const own = env();
    const apart = hideSecrets(own);
    const rest = { PATH: '/bin', KPLUGIN_HOST: 'edge1' };
    expect({ ...apart }).toEqual(rest);
    expect(Object.fromEntries(Object.entries(apart))).toEqual(rest);
    expect(JSON.stringify(apart)).not.toContain('hush');
    expect(own).toEqual(rest);
    const script = 'process.stdout.write(JSON.stringify(process.env))';
    for (const handed of [apart, { ...apart, X: '1' }, own]) {
      const child = spawnSync(process.execPath, ['-e', script], { env: handed, encoding: 'utf8' });
      expect(child.stdout).toContain('edge1');
      expect(child.stdout).not.toContain('hush');
    }
  });
});
