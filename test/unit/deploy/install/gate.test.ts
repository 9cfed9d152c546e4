import { describe, expect, it } from 'vitest';
import { parseHostInfo } from '../../../../src/client/answers.ts';
import {
  refuseAmbiguous,
  refuseCollisions,
  refuseFaulty,
  refuseLost,
} from '../../../../src/deploy/install/gate.ts';
import { candidate } from '../../../../src/deploy/install/obtain.ts';
import type { Finding } from '../../../../src/model/finding.ts';

const finding = (severity: Finding['severity'], line: number | null = 3): Finding => ({
  rule: 'some-rule',
  severity,
  file: 'probe.json',
  line,
  column: line === null ? null : 1,
  length: 1,
  message: 'Something is wrong',
  effect: 'eKuiper refuses it',
  hint: 'Fix it',
});

function candidateWith(findings: readonly Finding[], arch: string | null = null) {
  return candidate({
    identity: {
      name: 'probe',
      version: '1.0.0',
      language: 'go',
      executable: 'probe',
      symbols: [],
      arch,
    },
    script: null,
    notes: [],
    sourceYaml: new Map(),
    findings,
    sha256: 'ab'.repeat(32),
    contentDigest: null,
    path: '/x/probe.zip',
    size: 10,
  });
}

function context(arch: string | undefined, source = 'probe.zip') {
  const info = parseHostInfo({ version: '2.1.5', os: 'linux', arch });
  return { host: 'edge1:9081', info, source };
}

describe('a faulty package is refused before anything is sent', () => {
  it('with its errors', () => {
    const findings = [finding('error'), finding('warning'), finding('error', null)];
    expect(() => refuseFaulty(candidateWith(findings), context('amd64'))).toThrow(
      expect.objectContaining({
        code: 'plugin-has-errors',
        exit: 1,
        message: 'the package has 2 errors for eKuiper 2.1.5 on edge1:9081; nothing was sent',
        reason:
          'probe.json:3: Something is wrong (some-rule)\nprobe.json: Something is wrong (some-rule)',
        findings,
      }),
    );
  });

  it('shows eight of many', () => {
    const many = candidateWith(Array.from({ length: 10 }, () => finding('error')));
    expect(() => refuseFaulty(many, context('amd64'))).toThrow(
      expect.objectContaining({ reason: expect.stringMatching(/\nand 2 more$/) }),
    );
  });

  it('but not for warnings', () => {
    expect(() => refuseFaulty(candidateWith([finding('warning')]), context('amd64'))).not.toThrow();
  });
});

describe('a package that can be read in two ways', () => {
  it('is refused by a gate of its own, which --force does not open', () => {
    const findings = [{ ...finding('error', null), rule: 'zip-ambiguous', file: 'probe.zip' }];
    expect(() => refuseAmbiguous(candidateWith(findings))).toThrow(
      expect.objectContaining({
        code: 'package-ambiguous',
        exit: 1,
        reason: 'probe.zip: Something is wrong (zip-ambiguous)',
      }),
    );
    expect(() => refuseAmbiguous(candidateWith([finding('error')]))).not.toThrow();
  });
});

describe('a program for another processor', () => {
  it.each([
    ['arm64', 'amd64'],
    ['amd64', 'arm64'],
    ['arm64', 'arm'],
    ['amd64', '386'],
  ])('%s is refused by a host of %s', (machine, arch) => {
    expect(() => refuseFaulty(candidateWith([], machine), context(arch, './probe'))).toThrow(
      expect.objectContaining({
        code: 'wrong-architecture',
        exit: 1,
        message: `probe is built for ${machine}, and edge1:9081 is ${arch}; nothing was sent`,
        hint: `build it for the host: kplugin pack ./probe --arch ${arch}`,
      }),
    );
  });

  it.each([
    ['amd64', 'amd64'],
    ['386', 'amd64'],
    [null, 'arm64'],
    ['arm64', undefined],
  ])('%s passes on a host of %s', (machine, arch) => {
    expect(() => refuseFaulty(candidateWith([], machine), context(arch))).not.toThrow();
  });
});

describe('symbols that another plugin has', () => {
  it('are named with their owners', () => {
    const collisions = [
      { symbol: { kind: 'function' as const, name: 'pfn' }, owner: 'other' },
      { symbol: { kind: 'sink' as const, name: 'psnk' }, owner: 'third' },
    ];
    expect(() => refuseCollisions(collisions, 'edge1:9081')).toThrow(
      expect.objectContaining({
        code: 'symbol-taken',
        exit: 3,
        message:
          'function pfn belongs to plugin other; sink psnk belongs to plugin third on edge1:9081; nothing was sent',
      }),
    );
    expect(() => refuseCollisions([], 'edge1:9081')).not.toThrow();
  });
});

describe('rules that use what the package lacks', () => {
  const use = (rule: string, ...names: string[]) => ({
    rule,
    symbols: names.map((name) => ({ kind: 'function' as const, name })),
    by: 'read' as const,
  });
  const changes = {
    added: [],
    removed: [
      { kind: 'function' as const, name: 'gone' },
      { kind: 'source' as const, name: 'kept' },
    ],
    kept: [],
  };

  it.each([
    ['no rule', [], changes],
    ['rules that use the rest', [use('r1', 'other'), use('r2', 'kept')], changes],
    ['a package whose symbols are not known', [use('r1', 'gone')], null],
  ])('%s: it goes on', (_, uses, removed) => {
    expect(() => refuseLost({ uses, changes: removed }, 'edge1')).not.toThrow();
  });

  it.each([
    [
      [use('r1', 'gone', 'other'), use('r2', 'other')],
      '1 rule uses on edge1 .*: r1 \\(function gone\\);',
    ],
    [
      [use('r1', 'gone'), use('r2', 'gone')],
      '2 rules use on edge1 .*: r1 .*, r2 .*; nothing was sent',
    ],
  ])('stop it: %j', (uses, message) => {
    expect(() => refuseLost({ uses, changes }, 'edge1')).toThrow(
      expect.objectContaining({
        code: 'used-symbol-missing',
        exit: 3,
        message: expect.stringMatching(new RegExp(message)),
      }),
    );
  });
});
