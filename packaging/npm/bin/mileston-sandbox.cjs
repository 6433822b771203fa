#!/usr/bin/env node
// Runs the sandbox for this machine with the same arguments, and exits with the same code or signal.

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

// npx and npm don't pass signals on. So when npx or npm is stopped, this process stops the sandbox itself.
if (process.env.npm_command !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
}

child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  for (const each of signals) process.off(each, forward);
  process.kill(process.pid, signal);
});
