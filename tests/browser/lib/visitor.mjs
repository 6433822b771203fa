// A person with a browser. Records the browser's requests and error messages, including those about
// the page's policy.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counts, same } from './expect.mjs';

const FRONTEND = /^Mileston_(TEST|LIVE)_CHECKOUTKEY_/;

export class Visitor {
  static async in(context, settings) {
    const visitor = new Visitor();
    visitor.settings = settings;
    visitor.complaints = [];
    visitor.requests = [];
    visitor.pages = [];
    visitor.page = await context.newPage();
    visitor.page.setDefaultTimeout(10_000);
    visitor.listen(visitor.page);
    visitor.page.on('popup', (popup) => visitor.listen(popup));
    await visitor.be('desktop', 'light');
    return visitor;
  }

  listen(page) {
    this.pages.push(page);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => this.requests.push(request));
  }

  // Removes an expected error message: the browser reports every error response.
  expectComplaint(pattern) {
    const before = this.complaints.length;
    this.complaints = this.complaints.filter((text) => !pattern.test(text));
    same(this.complaints.length < before, true, `no complaint like ${pattern}`);
  }

  async be(size, scheme) {
    await this.page.setViewportSize(size === 'phone' ? { width: 360, height: 740 } : { width: 1280, height: 900 });
    await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  }

  async open(address) {
    return this.page.goto(address);
  }

  async pick(chain) {
    await this.page.getByRole('radio', { name: chain, exact: true }).check();
    await this.page.getByRole('heading', { name: 'Send to this address' }).waitFor();
  }

  async photograph(name) {
    await mkdir(this.settings.screenshots, { recursive: true });
    await this.page.screenshot({ path: join(this.settings.screenshots, `${name}.png`), fullPage: true });
    counts.screenshots += 1;
  }

  // Ends the visit, and checks that there were no error messages, no requests to other hosts, and
  // no keys except Checkout keys.
  async leave() {
    same(this.complaints, [], 'the console is empty');
    for (const request of this.requests) {
      counts.requests += 1;
      same(new URL(request.url()).origin, this.settings.url, request.url());
      const { apikey } = await request.allHeaders();
      if (apikey !== undefined) same(FRONTEND.test(apikey), true, `a key other than a Checkout key was sent to ${request.url()}`);
      same(`${request.url()} ${request.postData()}`.includes('Mileston_'), false, 'a key in an address or body');
    }
    await this.close();
  }

  async close() {
    for (const page of this.pages) await page.close();
  }
}
