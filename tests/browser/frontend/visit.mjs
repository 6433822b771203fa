// A visit to pages whose client is written in Rust. Records the browser's requests and error messages.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counts, same } from '../lib/expect.mjs';
import { Server } from './server.mjs';

const CHECKOUT = /^Mileston_(TEST|LIVE)_CHECKOUTKEY_/;
const NORMAL = /Mileston_(TEST|LIVE)_(?!CHECKOUTKEY_)/;

export class Visit {
  constructor(context, settings) {
    Object.assign(this, { context, settings, complaints: [], requests: [], pages: [], servers: [], allowed: new Set() });
  }

  // Opens the test page, and waits until its functions are available.
  async open(url = this.settings.trial) {
    const page = await this.tab();
    await this.go(page, url);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return page;
  }

  // Opens an empty tab. `visit.page` is the latest tab.
  async tab() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('crash', () => this.complaints.push('the page crashed'));
    page.on('request', (request) => this.requests.push(request));
    this.pages.push(page);
    this.page = page;
    return page;
  }

  async go(page, url) {
    this.allowed.add(new URL(url).origin);
    await page.goto(url);
  }

  async be(size, scheme) {
    await this.page.setViewportSize(size === 'phone' ? { width: 360, height: 740 } : { width: 1280, height: 900 });
    await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  }

  async photograph(name) {
    await mkdir(this.settings.screenshots, { recursive: true });
    await this.page.screenshot({ path: join(this.settings.screenshots, `${name}.png`), fullPage: true });
    counts.screenshots += 1;
  }

  async server(respond, options) {
    const server = await Server.start(respond, options);
    this.servers.push(server);
    this.allowed.add(server.url);
    return server;
  }

  // Returns the settings that the test page's functions take.
  at(origin) {
    this.allowed.add(origin);
    const { checkoutKey, businessId } = this.settings;
    return JSON.stringify({ checkoutKey, businessId, origin });
  }

  // Calls one of the test page's functions.
  async call(page, name, ...given) {
    const run = ([name, given]) => globalThis.trial[name](...given);
    return JSON.parse(await page.evaluate(run, [name, given]));
  }

  // Ends the visit, and checks that nothing failed in the page, that requests were sent only to allowed origins, and
  // that no request contains a Normal key.
  async leave() {
    same(this.complaints, [], 'no exception in the page');
    for (const request of this.requests) {
      counts.requests += 1;
      const origin = new URL(request.url()).origin;
      same(this.allowed.has(origin) || request.url().startsWith('data:'), true, `a request to ${request.url()}`);
      const sent = await headers(request);
      if (sent.apikey !== undefined) same(CHECKOUT.test(sent.apikey), true, `a key other than a Checkout key was sent to ${request.url()}`);
      const all = JSON.stringify([request.url(), request.postData() ?? '', sent]);
      same(NORMAL.test(all), false, 'a Normal key in a request');
      same(`${request.url()} ${request.postData()}`.includes('Mileston_'), false, 'a key in an address or body');
    }
    await this.close();
  }

  async close() {
    for (const page of this.pages) await page.close();
    for (const server of this.servers) await server.stop();
  }
}

// A blocked request has no headers.
async function headers(request) {
  return request.failure() ? request.headers() : request.allHeaders();
}
