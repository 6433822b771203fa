// Checks values, and counts the checks, so that a run without checks is noticed.

import assert from 'node:assert/strict';

export const counts = { checks: 0, requests: 0, screenshots: 0 };

export function same(found, expected, what) {
  counts.checks += 1;
  assert.deepEqual(found, expected, what);
}

export function holds(value, what) {
  counts.checks += 1;
  assert.ok(value, what);
}

export async function until(condition, what) {
  for (let round = 0; round < 100; round += 1) {
    if (condition()) return holds(true, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  holds(false, what);
}
