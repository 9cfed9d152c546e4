#!/usr/bin/env node
// Every Node must be able to read this file, or it could not say that it is too old: CommonJS, no syntax newer than ES2015.
'use strict';

const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    `error: kplugin needs Node 20.19 or newer; this is ${process.versions.node}\n` +
      '  fix  install a newer Node (nodejs.org has them), or put it first in PATH\n',
  );
  process.exitCode = 2;
} else {
  require('./start.js');
}
