import { describe, expect, it } from 'vitest';
import { masked } from '../../../../src/model/secrets/shown-settings.ts';

describe('values under keys of secrets', () => {
  it.each([
    [{ connectionString: 'Server=h;Password=zz9' }, { connectionString: '***' }],
    [
      { pwd: 1, interval: 2 },
      { pwd: '***', interval: 2 },
    ],
    [
      { name: 'password', value: 'x', type: 'text' },
      { name: 'password', value: '***', type: 'text' },
    ],
    [
      { name: 'interval', value: 'x' },
      { name: 'interval', value: 'x' },
    ],
    [{ headers: 'Bearer abcdef' }, { headers: 'Bearer ***' }],
    [{ dsn: 'user:pa55@tcp(h)/db' }, { dsn: '***' }],
    [{ db: ['Server=h;Pwd=zz9', 'mqtt://u:p@h'] }, { db: ['Server=h;Pwd=***', 'mqtt://***@h'] }],
  ])('%j', (value, shown) => {
    expect(masked(value)).toEqual(shown);
  });
});
