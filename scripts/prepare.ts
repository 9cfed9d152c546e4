import { isBuilt } from './built-note.ts';

// npm also runs this when the checkout is installed as a dependency. An existing build is then kept, because a
// kplugin may be running from it.
if (!isBuilt('.')) await import('./build.ts');
