// Drives headless Chromium over pages whose client is Rust: functions of the client in a page for tests, and the example
// page. The settings come as JSON on the standard input, for there are keys among them. A line for each story; the last
// line is JSON with the counts. Exit code 1: a story failed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { counts } from './lib/expect.mjs';
import { Sandbox } from './lib/sandbox.mjs';
import { Visit } from './frontend/visit.mjs';
import * as calls from './frontend/calls.mjs';
import * as bodies from './frontend/bodies.mjs';
import * as redirects from './frontend/redirects.mjs';
import * as settingsOfPages from './frontend/settings.mjs';
import * as platform from './frontend/platform.mjs';
import * as checkout from './frontend/checkout.mjs';
import * as trouble from './frontend/trouble.mjs';

const settings = JSON.parse(await text(process.stdin));
const sandbox = new Sandbox(settings);
const profile = await mkdtemp(join(tmpdir(), 'mileston-frontend-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: settings.chromium,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

let [stories, failed] = [0, 0];
const all = { ...calls, ...bodies, ...redirects, ...settingsOfPages, ...platform, ...checkout, ...trouble };
for (const [name, story] of Object.entries(all)) {
  stories += 1;
  const started = performance.now();
  const visit = new Visit(context, settings);
  try {
    await story(visit, sandbox, settings);
    await visit.leave();
    console.log(`ok      ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
    await visit.close();
  }
}
await context.close();
await rm(profile, { recursive: true, force: true });
console.log(JSON.stringify({ stories, failed, ...counts }));
process.exitCode = failed ? 1 : 0;
