// Opens the page in headless Chromium, and prints its text, console messages and errors as JSON.
// frontend.rs runs it with `node --input-type=module - CHROMIUM URL < load.mjs`.

import { chromium } from 'playwright-core';

const [executablePath, url] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.locator('output:not(:empty)').waitFor({ timeout: 10_000 }).catch(() => {});
  console.log(JSON.stringify({ shown: await page.locator('output').textContent(), complaints }));
} finally {
  await browser.close();
}
