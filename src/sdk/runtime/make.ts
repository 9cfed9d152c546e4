import type { FunctionSpec, FunctionSymbol } from '../api/function.ts';
import type { AnySink, SinkSpec } from '../api/sink.ts';
import type { AnySource, SourceSpec } from '../api/source.ts';

/** Creates a source for one instance. Throws what its class or factory throws. */
export function makeSource(spec: SourceSpec): AnySource {
  return make(spec, 'open');
}

/** Creates a sink for one instance. Throws what its class or factory throws. */
export function makeSink(spec: SinkSpec): AnySink {
  return make(spec, 'collect');
}

/** Creates the function for all rules. Throws what its class throws. */
export function makeFunction(spec: FunctionSpec): FunctionSymbol {
  if (typeof spec !== 'function') return spec;
  return isClass<FunctionSymbol>(spec, 'exec') ? new spec() : { exec: spec };
}

function make<T extends object>(spec: T | (() => T) | (new () => T), method: string): T {
  if (typeof spec !== 'function') return spec;
  // A function that is not a class is the factory; `T` is an object with methods, never itself a function.
  return isClass<T>(spec, method) ? new spec() : (spec as () => T)();
}

// Classes have a prototype with the method; arrow functions and factories do not.
function isClass<T>(spec: object, method: string): spec is new () => T {
  const prototype: unknown = 'prototype' in spec ? spec.prototype : null;
  return typeof prototype === 'object' && prototype !== null && method in prototype;
}
