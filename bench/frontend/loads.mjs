// Loads pages in headless Chromium, one after the other, and measures the time until each page is usable. The settings are
// JSON on standard input: the path to Chromium, the number of loads, and for each page its URL, the selector of an
// element that appears once the page is usable, and a string that the page then shows. Prints the times of each load of
// each page, as JSON.

import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

// The number of warm-up loads, which aren't measured. They load Chromium's and the servers'
// files into memory.
const WARM_UP = 2;

// The beginning of the message with the times.
const MARK = 'usable: ';

const settings = JSON.parse(await text(process.stdin));
const browser = await chromium.launch({
  executablePath: settings.chromium,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
const times = settings.pages.map(() => []);
for (let round = -WARM_UP; round < settings.loads; round += 1) {
  for (let step = 0; step < times.length; step += 1) {
    // Start each round with a different page.
    const at = (round + WARM_UP + step) % times.length;
    const time = await load(settings.pages[at]);
    if (round >= 0) times[at].push(time);
  }
}
await browser.close();
console.log(JSON.stringify(times));

// Loads a page in a new context, which has empty caches. Returns the times that `watch` logged: milliseconds since the
// navigation began, by the page's own clock. Playwright inspects the page only after `watch` has logged the times,
// because Playwright's 330 kB of scripts would delay the page.
async function load({ url, selector, shows }) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, { selector, mark: MARK });
    const logged = page.waitForEvent('console', (message) => message.text().startsWith(MARK));
    await page.goto(url, { waitUntil: 'commit' });
    const time = JSON.parse((await logged).text().slice(MARK.length));
    await page.getByText(shows, { exact: true }).waitFor();
    await page.locator(selector).first().click({ trial: true });
    return time;
  } finally {
    await context.close();
  }
}

// Runs in the page before the page's own scripts. Logs when the visitor can use the page and when the browser has drawn
// it.
function watch({ selector, mark }) {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    const ready = performance.now();
    // Messages are delivered after the current frame.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => console.debug(mark + JSON.stringify({ ready, drawn: performance.now() }));
    requestAnimationFrame(() => port2.postMessage(null));
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
