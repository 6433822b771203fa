// Runs stories one after another in headless Chromium. Reads the settings, which include keys, as JSON from standard
// input. Prints a line for each story, and then a line of JSON with the counts. Exits with 1 if a story failed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { counts } from './expect.mjs';
import { Sandbox } from './sandbox.mjs';

// Runs each story in its own visit, which `visit(context, settings)` starts. Takes a screenshot after a failed story.
export async function run(stories, visit) {
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
  let [count, failed] = [0, 0];
  for (const [name, story] of Object.entries(stories)) {
    count += 1;
    const started = performance.now();
    const visitor = await visit(context, settings);
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
  console.log(JSON.stringify({ stories: count, failed, ...counts }));
  // A failed story may leave a timer or a connection that would keep this process alive.
  process.exit(failed ? 1 : 0);
}
