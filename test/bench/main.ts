/** `npm run bench`: every ratio, one after the other; nothing else should run meanwhile. */
for (const bench of ['start', 'validate', 'pack', 'list']) await import(`./${bench}.ts`);
