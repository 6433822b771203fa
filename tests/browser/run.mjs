// Drives headless Chromium over the pages of a running sandbox. The settings come as JSON on the standard input, for
// there are keys among them: url, businessId, normalKey, checkoutKey, walletSecret, liveNormalKey, tokens, chromium, screenshots.
// A line for each story; the last line is JSON with the counts. Exit code 1: a story failed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { counts } from './lib/expect.mjs';
import { Sandbox } from './lib/sandbox.mjs';
import { Visitor } from './lib/visitor.mjs';
import * as checkout from './stories/checkout.mjs';
import * as developers from './stories/developers.mjs';
import * as looks from './stories/looks.mjs';
import * as trouble from './stories/trouble.mjs';
import * as webhooks from './stories/webhooks.mjs';

const settings = JSON.parse(await text(process.stdin));
const sandbox = new Sandbox(settings);
const profile = await mkdtemp(join(tmpdir(), 'mileston-browser-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: settings.chromium,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

let [stories, failed] = [0, 0];
for (const [name, story] of Object.entries({ ...checkout, ...trouble, ...developers, ...webhooks, ...looks })) {
  stories += 1;
  const started = performance.now();
  const visitor = await Visitor.in(context, settings);
  try {
    await story(visitor, sandbox, settings);
    await visitor.leave();
    console.log(`ok      ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
    await visitor.photograph(`failed-${name}`).catch(() => {});
    await visitor.close();
  }
}
await context.close();
await rm(profile, { recursive: true, force: true });
console.log(JSON.stringify({ stories, failed, ...counts }));
process.exitCode = failed ? 1 : 0;
