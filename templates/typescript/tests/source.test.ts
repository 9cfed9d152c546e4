import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectRows } from 'kplugin/sdk/testing';
import { {{ Type }} } from '../src/{{ file }}.ts';

test('{{ symbol }} sends rows as configured', async () => {
  const config = { message: 'hi', interval: 1 };
  const sent = await collectRows({{ Type }}, { config, dataSource: 'topic', count: 2 });
  assert.deepEqual(
    sent.map(({ row }) => row),
    [
      { datasource: 'topic', message: 'hi', number: 1 },
      { datasource: 'topic', message: 'hi', number: 2 },
    ],
  );
});

test('{{ symbol }} refuses an interval that is no number', () => {
  for (const interval of [0, -1, '1000']) {
    assert.throws(() => new {{ Type }}().configure({ interval }), /interval/);
  }
});
