#!/usr/bin/env node
// Runs the sandbox for this machine with the same arguments, and exits as it does.

'use strict';

const { spawn } = require('node:child_process');

const { findBinary } = require('../lib/binary.cjs');

const fail = (message) => {
  console.error(`mileston-sandbox: ${message}`);
  process.exit(1);
};

let binary;
try {
  binary = findBinary();
} catch (error) {
  fail(error.message);
}

const child = spawn(binary, process.argv.slice(2), { stdio: 'inherit' });
child.on('error', (error) => fail(`cannot run ${binary}: ${error.message}`));

// The sandbox decides when to exit, so this process must outlive the signal.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const forward = (signal) => child.kill(signal);
for (const signal of signals) process.on(signal, forward);

child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  for (const each of signals) process.off(each, forward);
  process.kill(process.pid, signal);
});
