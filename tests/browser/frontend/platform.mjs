// Tests that the client uses the browser's clock, and works under a strict content security policy.

import { holds, same } from '../lib/expect.mjs';

export async function the_client_uses_the_browsers_clock(visit) {
  const seen = [];
  for (let round = 0; round < 2; round += 1) {
    const page = await visit.open();
    const said = await visit.call(page, 'clock', 120);
    holds(said.slept >= 119 && said.slept < 2000, `slept for ${said.slept} ms`);
    holds(Math.abs(Date.parse(said.now) - Date.now()) < 5000, said.now);
    seen.push(...said.random);
  }
  holds(seen.every((number) => number >= 0 && number < 1), JSON.stringify(seen));
  same(new Set(seen).size, 4, 'pages get different random numbers');
}

// A browser's `setTimeout` treats a time of 25 days or more as zero.
export async function a_wait_of_several_days_does_not_end_immediately(visit) {
  const page = await visit.open();
  const ended = await page.evaluate(() => {
    const days = globalThis.trial.sleep_for_days().then(() => 'ended');
    return Promise.race([days, new Promise((resolve) => setTimeout(() => resolve('waiting'), 500))]);
  });
  same(ended, 'waiting');
}

export async function a_strict_policy_allows_the_module_to_run(visit, _, { strict, url }) {
  const page = await visit.open(strict);
  const read = await visit.call(page, 'fetch_link', visit.at(url), 'not-there', 10_000);
  same(read.kind, 'Refused(404)', JSON.stringify(read));
}

export async function a_request_that_the_policy_blocks_gets_no_response(visit, _, { strict }) {
  const page = await visit.open(strict);
  const server = await visit.server(() => {});
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', 10_000);
  same([failed.kind, failed.attempts], ['NoResponse', 1], JSON.stringify(failed));
  same(server.requests.length + server.preflights.length, 0);
}
