// Starts the sandbox as a child process that never outlives this one.

'use strict';

const { spawn } = require('node:child_process');
const readline = require('node:readline');

/** The maximum number of characters of standard error that are kept for an error message. */
const KEPT = 4096;
const STOP_TIMEOUT = 5000;

/**
 * Starts the program, and returns the line of JSON that it prints when it is ready.
 *
 * The program stops when its standard input is closed. The operating system closes that input when this process
 * ends, even if this process is killed.
 */
exports.start = async (binary, args, timeout) => {
  const child = spawn(binary, ['serve', '--json', '--until-stdin-closes', ...args], { windowsHide: true });
  // An error on this pipe means that the program has exited. The `close` event below reports that.
  child.stdin.on('error', () => {});
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-KEPT)));
  const lines = readline.createInterface({ input: child.stdout });
  let timer;
  try {
    const line = await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      child.once('error', (cause) => reject(new Error(`cannot run ${binary}: ${cause.message}`, { cause })));
      child.once('close', (code, signal) => {
        const ended = signal === null ? `exit code ${code}` : signal;
        reject(new Error(`the sandbox didn't start (${ended}): ${errors.trim() || 'it printed no reason'}`));
      });
      const late = () => reject(new Error(`the sandbox wasn't ready after ${timeout} ms`));
      timer = setTimeout(late, timeout);
    });
    const ready = JSON.parse(line);
    // From here on, an idle sandbox doesn't keep Node.js from exiting.
    for (const each of [child, child.stdin, child.stdout, child.stderr]) each.unref();
    return { child, ready };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

/** Stops the program, and waits until it has exited. */
exports.stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  child.stdin.end();
  await exited;
  clearTimeout(timer);
};
