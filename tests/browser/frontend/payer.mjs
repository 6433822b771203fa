// A payer on the example page, and their payments.

import { holds, same } from '../lib/expect.mjs';

export class Payer {
  // Opens the example page for a payment link. With `config`, the page has no settings in `<meta>` tags, and fetches
  // `config` as its config.json.
  static async at(visit, link, { config, url } = {}) {
    const payer = new Payer();
    payer.visit = visit;
    payer.page = await visit.tab();
    const base = url ?? (config ? visit.settings.bare : visit.settings.checkout);
    if (config) {
      await payer.page.route('**/config.json', (route) => route.fulfill({ json: config }));
      if (config.origin) visit.allowed.add(config.origin);
    } else {
      visit.allowed.add(visit.settings.url);
    }
    await visit.go(payer.page, link === undefined ? base : `${base}/?link=${link}`);
    return payer;
  }

  // Waits until the page is in this state.
  async is(state, timeout = 10_000) {
    await this.page.locator(`main[data-state="${state}"]`).waitFor({ timeout });
    holds(true, state);
  }

  async choose(network, token = 'USDC') {
    await this.is('ready');
    await this.page.getByRole('radio', { name: network, exact: true }).check();
    await this.page.getByRole('radio', { name: token, exact: true }).check();
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await this.is('waiting');
    return this.asked();
  }

  // Returns the amount and the address that the page shows to the payer.
  async asked() {
    const text = (id) => this.page.locator(`#${id}`).textContent();
    return { amount: (await text('amount')).split(' ')[0], to: await text('address') };
  }

  async click(name) {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  // Returns the complete document and the session storage.
  async everything() {
    return this.page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(sessionStorage));
  }
}

// Sends money on a chain of the sandbox, and advances the sandbox's clock until the payment is confirmed.
export async function send(url, { chain, amount, to, token = 'USDC' }) {
  const headers = { 'mileston-sandbox': 'test', 'content-type': 'application/json' };
  const post = async (path, body) => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    same(response.ok, true, `${path}: ${response.status} ${await response.clone().text()}`);
  };
  await post('/_sandbox/chain/payments', { chain, token, amount, to });
  await post('/_sandbox/clock', { advance: 60 });
}
