import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callFunction } from 'kplugin/sdk/testing';
import { {{ type }} } from '../src/{{ file }}.ts';

test('{{ symbol }} reverses a text', async () => {
  assert.equal(await callFunction({{ type }}, ['abc']), 'cba');
  assert.equal(await callFunction({{ type }}, ['']), '');
  assert.equal(await callFunction({{ type }}, [12]), '21');
  assert.equal(await callFunction({{ type }}, [null]), null);
});

test('{{ symbol }} takes one argument', () => {
  {{ type }}.validate(['a field']);
  assert.throws(() => {{ type }}.validate([]), /takes 1 argument/);
});
