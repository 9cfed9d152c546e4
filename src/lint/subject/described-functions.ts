import { exactMember } from '../../model/json/member.ts';
import type { Span } from '../../model/json/node.ts';
import type { Subject, SymbolFile } from './subject.ts';

export interface DescribedFunction {
  readonly name: string;
  readonly file: SymbolFile;
  readonly at: Span;
}

/** Every function that a file in `functions/` describes: by the names in the files, not by the file names. */
export function describedFunctions(subject: Subject): DescribedFunction[] {
  return subject.symbolFiles
    .filter(({ symbol }) => symbol.kind === 'function')
    .flatMap((file) => {
      const list = file.fixed.ok ? exactMember(file.fixed.root, 'functions')?.value : null;
      const items = list?.type === 'array' ? list.items : [];
      return items.flatMap((item) => {
        const name = exactMember(item, 'name')?.value;
        if (name?.type !== 'string' || name.value === '') return [];
        return [{ name: name.value, file, at: { start: name.start, end: name.end } }];
      });
    });
}
