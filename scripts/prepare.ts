import { isBuilt } from './built-note.ts';

// npm runs this also when somebody installs this checkout into a project. What is built is left alone then: a kplugin may
// be running from it.
if (!isBuilt('.')) await import('./build.ts');
