import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../{{ name }}.json';
import { plugin } from '../src/plugin.ts';

for (const kind of ['sources', 'sinks', 'functions'] as const) {
  test(`src/plugin.ts and the manifest name the same ${kind}`, () => {
    assert.deepEqual(Object.keys(plugin[kind] ?? {}).sort(), manifest[kind].toSorted());
  });
}
