import { maskedText } from './masked-lines.ts';
import {
  isHiddenSetting,
  isNamedSecret,
  isValueKey,
  namesNextSecret,
} from './settings/secret-keys.ts';

const STARS = '***';

/** Masks a value for display: secrets become stars, passwords in texts are replaced. */
export function masked(value: unknown, secret = false): unknown {
  if (typeof value === 'object' && value !== null) return maskedMembers(value, secret);
  if (secret) return value === null || value === '' ? value : STARS;
  return typeof value === 'string' ? maskedText(value) : value;
}

function maskedMembers(value: object, secret: boolean, depth = 0): unknown {
  if (depth > 64) return STARS;
  const isNamed = !Array.isArray(value) && isNamedSecret({ ...value });
  const inner = (member: unknown, key: string): unknown => {
    const hide = secret || isHiddenSetting(key, member) || (isNamed && isValueKey(key));
    return typeof member === 'object' && member !== null
      ? maskedMembers(member, hide, depth + 1)
      : masked(member, hide);
  };
  if (Array.isArray(value)) {
    return value.map((item, at) => {
      const name: unknown = value[at - 1];
      return typeof name === 'string' && namesNextSecret(name)
        ? masked(item, true)
        : inner(item, '');
    });
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, key)]));
}
