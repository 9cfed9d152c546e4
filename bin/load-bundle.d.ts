import type { Script } from 'node:vm';

export const cacheFile: string;

export function loadBundle(): {
  readonly exports: { main(argv: readonly string[], version: string): Promise<number> };
  readonly script?: Script;
};
