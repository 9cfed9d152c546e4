import { expect, it } from 'vitest';
import { meansGroup } from '../../../src/hosts/choose.ts';

it.each([
  ['a group that was typed', { host: [], group: ['edge'] }, {}, true],
  ['a group of the environment', { host: [], group: [] }, { KPLUGIN_GROUP: 'edge' }, true],
  ['a host, which outweighs it', { host: ['a'], group: [] }, { KPLUGIN_GROUP: 'edge' }, false],
  ['a command without groups', { host: [] }, { KPLUGIN_GROUP: 'edge' }, false],
  ['an empty variable', { host: [], group: [] }, { KPLUGIN_GROUP: ' , ' }, false],
  ['nothing', { host: [], group: [] }, {}, false],
])('%s', (_name, asked, env, is) => {
  expect(meansGroup(asked, env)).toBe(is);
});
