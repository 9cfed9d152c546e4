// Loaded only where texts differ. A module of its own, because esbuild keeps all of a package that is itself loaded
// dynamically, and only what is named here of this one.
export { structuredPatch } from 'diff';
