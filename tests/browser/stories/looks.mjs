// Tests the appearance and accessibility of the pages: takes screenshots in every state, runs axe, and checks that nothing
// scrolls horizontally at 320 pixels.

import { same } from '../lib/expect.mjs';
import { judge } from '../lib/judge.mjs';

const LONG = 'A very long title that ends with an extremely long word: Donaudampfschifffahrtsgesellschaftskapitänspatent';

// Checks every state of the checkout page, on phone and desktop, light and dark.
export async function every_state_is_readable(visitor, sandbox, { liveNormalKey }) {
  const link = (await sandbox.create('payment-link', { redirectUrl: 'https://shop.example/' })).page;
  const states = {
    choice: async () => visitor.open(link),
    wallet: async () => { await visitor.open(link); await visitor.pick('Base'); },
    long: async () => { await visitor.open((await sandbox.create('payment-link', { title: LONG })).page); await visitor.pick('Sui'); },
    invoice: async () => visitor.open((await sandbox.create('invoice')).page),
    before: async () => {
      const { id, page } = await sandbox.create('payment-link');
      await sandbox.save('payment-link', id, '12.50');
      await visitor.open(page);
    },
    settled: async () => {
      const { id, page } = await sandbox.create('recurring-payment');
      await sandbox.save('recurring-payment', id, '5.00');
      await visitor.open(page);
    },
    rtl: async () => { await visitor.open((await sandbox.create('payment-link', { title: 'كرسي مريح 🪑', description: 'כיסא נוח לבית' })).page); },
    live: async () => {
      await visitor.open((await sandbox.create('payment-link', {}, liveNormalKey)).page);
      await visitor.page.getByRole('radio', { name: 'Avalanche' }).check();
      await visitor.page.getByRole('radio', { name: 'USDT' }).check();
      await visitor.page.getByRole('heading', { name: 'Send to this address' }).waitFor();
    },
    unknown: async () => visitor.open(`${sandbox.url}/invoice/unknown`),
    refused: async () => {
      const { id, page } = await sandbox.create('payment-link');
      await visitor.open(page);
      await visitor.pick('Base');
      await sandbox.delete('payment-link', id);
      await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
      await visitor.page.getByRole('alert').waitFor();
    },
    paid: async () => {
      await visitor.open(link);
      await visitor.pick('Base');
      await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
      await visitor.page.getByRole('link', { name: 'Back to the shop' }).waitFor();
    },
  };
  for (const [state, reach] of Object.entries(states)) {
    await reach();
    await visitor.page.waitForLoadState('networkidle');
    await judge(visitor, `checkout-${state}`);
  }
  visitor.expectComplaint(/status of 404/);
}

// Checks the developer pages, with content, and with everything unfolded.
export async function the_developer_pages_are_readable(visitor, sandbox) {
  const { page } = visitor;
  const { id } = await sandbox.create('invoice', { itemName: LONG });
  await sandbox.save('invoice', id, '99');
  await sandbox.call(sandbox.checkoutKey, 'POST', '/invoice/create?businessName=Shop', { amount: 1, itemName: LONG });
  await visitor.open(sandbox.url);
  await judge(visitor, 'developers');
  for (const summary of (await page.locator('.change summary').all()).slice(0, 2)) await summary.click();
  await judge(visitor, 'developers-changing');
  await page.getByRole('radio', { name: 'Checkout key' }).check();
  await page.getByRole('button', { name: 'Create a test key' }).click();
  await page.locator('#revealed').waitFor();
  await judge(visitor, 'developers-revealed');
  await page.getByRole('link', { name: 'Payments' }).click();
  await judge(visitor, 'payments');
  await page.getByRole('link', { name: 'Requests' }).click();
  for (const summary of (await page.locator('summary').all()).slice(0, 2)) await summary.click();
  await judge(visitor, 'requests');
}

// Checks the exact text that a screen reader gets.
export async function a_screen_reader_reads_the_whole_page(visitor, sandbox) {
  const { id, page } = await sandbox.create('payment-link');
  await visitor.open(page);
  await visitor.pick('Sui');
  const address = await visitor.page.locator('#address').textContent();
  const read = await visitor.page.getByRole('main').ariaSnapshot();
  const expected = `- main:
  - paragraph: Sandbox business
  - paragraph: payment link
  - heading "Coffee beans" [level=1]
  - paragraph: 12.50 USD
  - paragraph: Two bags, roasted on Monday.
  - term: Id
  - definition: ${id}
  - group "Chain":
    - text: Chain
    - radio "Ethereum"
    - text: Ethereum
    - radio "Polygon"
    - text: Polygon
    - radio "Avalanche"
    - text: Avalanche
    - radio "Arbitrum"
    - text: Arbitrum
    - radio "Base"
    - text: Base
    - radio "Solana"
    - text: Solana
    - radio "Sui" [checked]
    - text: Sui
  - group "Token on Sui":
    - text: Token on Sui
    - radio "USDC" [checked]
    - text: USDC
  - button "Pay as a test payer"
  - region "Or send to this address":
    - heading "Or send to this address" [level=2]
    - img "QR code of the address"
    - paragraph:
      - code: "${address}"
    - button "Copy address"
    - button "Check for a payment"
    - status: Waiting for 12.50 USD in USDC on Sui.`;
  same(read.replaceAll('"', ''), expected.replaceAll('"', ''), 'the text for a screen reader');
}
