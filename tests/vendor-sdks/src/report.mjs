// Counts checks and records failures.

import { inspect, isDeepStrictEqual } from 'node:util';

const shown = (value) => inspect(value, { depth: 6, breakLength: Infinity });

export class Report {
  checks = 0;
  failures = [];
  /** The names of the methods that succeeded. */
  exercised = new Set();
  #group = '';

  /** Runs checks that depend on each other. An exception ends the group and counts as a failure. */
  async group(name, run) {
    this.#group = name;
    try {
      await run();
    } catch (error) {
      this.fail(`stopped: ${error.stack}`);
    }
  }

  fail(what) {
    this.failures.push(`${this.#group}: ${what}`);
  }

  holds(what, held, found) {
    this.checks += 1;
    if (!held) this.fail(`${what}: found ${shown(found)}`);
  }

  equal(what, found, expected) {
    this.checks += 1;
    if (!isDeepStrictEqual(found, expected)) {
      this.fail(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
    }
  }

  /** Checks that all expected fields are present. Other fields are allowed. */
  matches(what, found, expected) {
    this.equal(what, pick(found, expected), expected);
  }
}

function pick(found, expected) {
  const isPlain = (value) => value?.constructor === Object;
  if (!isPlain(expected) || !isPlain(found)) return found;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, pick(found[key], expected[key])]));
}
