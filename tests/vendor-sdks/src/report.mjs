// Counts what was checked and keeps what did not hold.

import { inspect, isDeepStrictEqual } from 'node:util';

const shown = (value) => inspect(value, { depth: 6, breakLength: Infinity });

export class Report {
  checks = 0;
  failures = [];
  /** Names of the methods that did what they are for. */
  exercised = new Set();
  #group = '';

  /** Runs checks that build on each other: what is thrown ends them and is a failure. */
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

  /** Each field that is expected is there; more may be. */
  matches(what, found, expected) {
    this.equal(what, pick(found, expected), expected);
  }
}

function pick(found, expected) {
  const isPlain = (value) => value?.constructor === Object;
  if (!isPlain(expected) || !isPlain(found)) return found;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, pick(found[key], expected[key])]));
}
