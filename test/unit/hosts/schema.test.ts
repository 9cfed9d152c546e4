import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHosts, KNOWN_KEYS } from '../../../src/hosts/decode-hosts.ts';
import { KpluginError } from '../../../src/model/error.ts';
import { ROOT } from '../../bin/run.ts';

const schema: object = JSON.parse(
  readFileSync(path.join(ROOT, 'schemas/hosts.schema.json'), 'utf8'),
);
const validate = new Ajv({ allErrors: true }).compile(schema);

/** Whether kplugin reads it; a failure other than its own is a bug. */
function isRead(document: unknown): boolean {
  try {
    decodeHosts(JSON.stringify(document), '/c/hosts.json');
    return true;
  } catch (thrown) {
    if (thrown instanceof KpluginError && thrown.exit === 2) return false;
    throw thrown;
  }
}

const host = (more: object) => ({ hosts: { edge1: { address: 'edge1:9081', ...more } } });
const at = (address: unknown) => ({ hosts: { edge1: { address } } });

it('the keys that kplugin knows are those of the schema', () => {
  expect(schema).toMatchObject({ properties: {}, definitions: { host: { properties: {} } } });
  const { properties, definitions } = JSON.parse(JSON.stringify(schema));
  expect(Object.keys(properties)).toEqual(KNOWN_KEYS.file);
  expect(Object.keys(definitions.host.properties)).toEqual(KNOWN_KEYS.host);
});

describe('the schema and the reader of hosts.json agree', () => {
  it.each<[string, boolean, unknown]>([
    ['an empty file', true, {}],
    ['no object', false, []],
    ['null', false, null],
    ['no hosts', true, { hosts: {} }],
    ['hosts that are none', false, { hosts: null }],
    ['a list of hosts', false, { hosts: [] }],
    ['no default', true, { default: null }],
    ['an empty default', false, { default: ' ' }],
    ['a default that is a number', false, { default: 1 }],
    ['a host without address', false, { hosts: { edge1: {} } }],
    ['a host that is its address', false, { hosts: { edge1: 'edge1:9081' } }],
    ['a name that is an address', false, { hosts: { 'edge1:9081': { address: 'x' } } }],
    ['an empty name', false, { hosts: { '': { address: 'x' } } }],
    ['a full host', true, host({ keyFile: 'k.pem', issuer: 'k.pub', audience: 'eKuiper' })],
    ['files for TLS', true, host({ caFile: 'a', certFile: 'b', certKeyFile: 'c' })],
    ['unknown keys', true, host({ colour: 'red', constructor: 1 })],
    ['a file that is null', false, host({ caFile: null })],
    ['an empty file name', false, host({ caFile: '' })],
    ['a token file and a key file', false, host({ tokenFile: 'a', keyFile: 'b' })],
    ['a token', false, host({ token: 'x' })],
    ['a Token', false, host({ Token: null })],
    ['a private key', false, host({ privateKey: 'x' })],
    ['a PASSWORD', false, host({ PASSWORD: 'x' })],
    ['a secret in the file', false, { secret: 'x' }],
    ['a key in the file', false, { key: 'x' }],
    ['a PEM in place of its file', false, host({ keyFile: '-----BEGIN PRIVATE KEY-----' })],
    ['a JWT in place of its file', false, host({ tokenFile: ' eyJhbGciOiJ.eyJpc3M' })],
    ['a header in place of its file', false, host({ tokenFile: 'bearer abc' })],
    ['lines in place of a file', false, host({ tokenFile: 'a\nb' })],
    ['a file name with a line end', true, host({ tokenFile: 'a.jwt\n' })],
    ['a file called eyJ', true, host({ tokenFile: 'eyJ' })],
    ['a file called bearer', true, host({ tokenFile: 'bearer ' })],
    ['groups', true, host({ groups: ['north', ' south '] })],
    ['no groups', true, host({ groups: [] })],
    ['groups that are null', false, host({ groups: null })],
    ['a group', false, host({ groups: 'north' })],
    ['a group with a comma', false, host({ groups: ['a,b'] })],
    ['an address with a path', true, at('HTTPS://proxy.test/edge1')],
    ['a bare IPv6 address', true, at('::1')],
    ['an address with a password', false, at('http://me:x@edge1')],
    ['an address with a query', false, at('http://edge1/?a')],
    ['an address of another kind', false, at('ftp://edge1')],
    ['an address with a blank', false, at('edge 1')],
    ['an address without a host', false, at('http://')],
    ['no address', false, at('')],
    ['an address that is a number', false, at(9081)],
  ])('%s: %s', (_name, isFine, document) => {
    expect([validate(document), isRead(document)]).toEqual([isFine, isFine]);
  });

  it.each<[string, unknown]>([
    ['a default that is no host of the file', { default: 'edge2', hosts: {} }],
    ['a port that there is not', at('edge1:99999')],
    ['a host that no URL may have', at('http://[1::2::3]')],
  ])('what only the reader can tell: %s', (_name, document) => {
    expect([validate(document), isRead(document)]).toEqual([true, false]);
  });

  const names = fc.constantFrom('edge1', 'north', 'a-b_C', '-x', 'a b', 'a:1', '', 'é');
  const texts = fc.oneof(
    fc.constantFrom('a.pem', ' ', '', 'eyJa.b', 'Bearer x', 'x\ny', '-----BEGIN X', 'C:\\a b'),
    fc.string(),
  );
  const odd = fc.constantFrom<unknown>(null, 1, true, [], {});
  const value = fc.oneof({ weight: 5, arbitrary: texts }, { weight: 1, arbitrary: odd });
  const groups = fc.oneof(fc.array(fc.oneof(names, odd), { maxLength: 3 }), value);
  const addresses = fc.constantFrom<unknown>(
    ...['edge1', 'https://p.test/a', '::1', 'x@y', 'a b', 'ftp://x', 'a?b', '', null, 3],
  );
  const keys = { keyFile: value, tokenFile: value, issuer: value, audience: value };
  const files = { caFile: value, certFile: value, certKeyFile: value };
  const oneHost = fc.record(
    { address: addresses, groups, ...keys, ...files, token: value, colour: value },
    { requiredKeys: [] },
  );
  const document = fc.record(
    {
      default: fc.constantFrom<unknown>(null, '', ' ', 1, []),
      hosts: fc.oneof(fc.dictionary(names, oneHost, { maxKeys: 3 }), odd),
      Password: value,
      $schema: value,
    },
    { requiredKeys: [] },
  );

  it('whatever stands in the file', () => {
    fc.assert(
      fc.property(document, (some) => {
        // As it is in a file: without what JSON cannot say.
        const written: unknown = JSON.parse(JSON.stringify(some));
        expect(validate(written)).toBe(isRead(written));
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([1001, 9000, 20_000])('%i levels are told with the file, wherever they are', (depth) => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const text of [deep, `{"x":${deep}}`, `{"hosts":{"edge1":{"address":${deep}}}}`]) {
      expect(() => decodeHosts(text, '/c/hosts.json')).toThrow(
        expect.objectContaining({ exit: 2, message: expect.stringContaining('/c/hosts.json:1:') }),
      );
    }
  }
});
