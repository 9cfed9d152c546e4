#!/usr/bin/env node
// {{ description | line }}
//
// eKuiper starts this program and tells it through a socket which symbols to run.
//
// Its manifest says "language": "go", though nothing here is Go: eKuiper knows the words "go" and
// "python" only, and "go" means that the file is executed as it is. npm run build makes one file of
// this program, its symbols and the SDK; the first line above is what lets Linux run it with Node.
import { startPlugin } from 'kplugin/sdk';
import { plugin } from './plugin.ts';

startPlugin(plugin);
