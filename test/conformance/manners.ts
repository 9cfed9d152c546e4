/**
 * What hosts of some versions do differently, each with its reason: a step asks for a manner by its name and never
 * for a version. From (included) – until (excluded).
 */
const MANNERS = {
  /** A plugin's state can be asked. */
  'tells status': {
    from: '2.0.0',
    because: 'GET /plugins/portables/<name>/status is there from 2.0',
  },
  /** An installation waits until the plugin reported back, and is refused when it does not. */
  'waits for the plugin': {
    from: '2.0.0',
    because:
      'before 2.0 a plugin is started by the first rule that uses it; POST answers 201 before',
  },
  'deleting a rule of a missing plugin hangs': {
    from: '2.0.0',
    until: '2.3.1',
    because:
      'docs/ekuiper.md#removing-a-plugin-in-use: such a DELETE /rules/<id> does not come back for more than 40 s',
  },
} as const satisfies Record<string, { from?: string; until?: string; because: string }>;

export type MannerName = keyof typeof MANNERS;

export interface Manners {
  has(name: MannerName): boolean;
  because(name: MannerName): string;
}

/** The manners of a version as the host names it (`2.4.0`, `v1.14.7`); an unknown one counts as the newest. */
export function mannersOf(version: string): Manners {
  const met = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.[0] ?? '999.0.0';
  return {
    has: (name) => {
      const manner: { from?: string; until?: string } = MANNERS[name];
      return (
        compare(met, manner.from ?? '0.0.0') >= 0 && compare(met, manner.until ?? '9999.0.0') < 0
      );
    },
    because: (name) => MANNERS[name].because,
  };
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
