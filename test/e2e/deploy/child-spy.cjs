// Loaded into kplugin by NODE_OPTIONS: writes down what every program that it starts is given.
const { ChildProcess } = require('node:child_process');
const { appendFileSync } = require('node:fs');

const spawn = ChildProcess.prototype.spawn;
const file = process.env.CHILD_SPY;

ChildProcess.prototype.spawn = function (options) {
  const { args, envPairs } = options;
  appendFileSync(file, `${JSON.stringify({ file: options.file, args, envPairs })}\n`);
  return spawn.call(this, options);
};
