// A payer opens a checkout page and pays.

import { holds, same } from '../lib/expect.mjs';
import { KINDS } from '../lib/sandbox.mjs';

const CHAINS = {
  eth: 'Ethereum', pol: 'Polygon', avax: 'Avalanche', arb: 'Arbitrum', base: 'Base', solana: 'Solana', sui: 'Sui',
};

// Creates a payment link, an invoice and a recurring payment, and pays each with one click. The API then reports
// each as paid.
export async function a_payer_pays_with_one_click(visitor, sandbox) {
  for (const kind of Object.keys(KINDS)) {
    const { id, page } = await sandbox.create(kind);
    same(page, `${sandbox.url}/${kind}/${id}`, 'the URL has the vendor\'s format');
    same((await visitor.open(page)).status(), 200, kind);
    await visitor.pick('Base');
    const recipient = await visitor.page.locator('#address').textContent();
    const wallet = { amount: KINDS[kind].body.amount, chain: 'base', recipient };
    same((await sandbox.verify(kind, id, wallet)).json.message, 'Still awaiting payment', kind);
    await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
    await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
    same((await sandbox.verify(kind, id, wallet)).status, 200, kind);
  }
}

// Pays on each chain in test mode. The page shows the test tokens that the vendor's table lists for the chain.
export async function a_payer_can_pay_on_every_chain(visitor, sandbox, { tokens }) {
  same(tokens.map((row) => row.chain).sort(), Object.keys(CHAINS).sort(), 'the table');
  for (const { chain, test } of tokens) {
    const { id, page } = await sandbox.create('payment-link');
    await visitor.open(page);
    await visitor.pick(CHAINS[chain]);
    same(await visibleTokens(visitor), test, chain);
    const recipient = await visitor.page.locator('#address').textContent();
    const drawn = await visitor.page.getByRole('img', { name: 'QR code of the address' }).evaluate(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    holds(drawn > 100, `${chain}: a QR code is drawn`);
    await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
    await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
    same((await sandbox.verify('payment-link', id, { amount: '12.5', chain, recipient })).status, 200, chain);
  }
}

// Uses only the keyboard: arrows select, Tab moves on, Enter pays, and the focus moves to the result.
export async function the_page_works_with_only_a_keyboard(visitor, sandbox) {
  const { page } = await sandbox.create('invoice');
  await visitor.open(page);
  const focus = () => visitor.page.evaluate(() => document.activeElement.value ?? document.activeElement.id);
  await visitor.page.getByRole('radio').first().waitFor();
  await visitor.page.keyboard.press('Tab');
  await visitor.page.keyboard.press('Space');
  await visitor.page.keyboard.press('ArrowDown');
  same(await focus(), 'pol', 'arrow keys change the selection');
  await visitor.page.getByRole('heading', { name: 'Send to this address' }).waitFor();
  const visited = [];
  while (visited.at(-1) !== 'pay' && visited.length < 6) {
    await visitor.page.keyboard.press('Tab');
    visited.push(await visitor.page.evaluate(() => document.activeElement.id || document.activeElement.value));
  }
  same(visited, ['USDC', 'pay'], 'the order of the focus');
  const outline = await visitor.page.locator('#pay').evaluate((button) => getComputedStyle(button).outlineStyle);
  same(outline, 'solid', 'the focus is visible');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
  same(await visitor.page.evaluate(() => document.activeElement.id), 'paid-title', 'the focus is on the result');
}

// A payment made elsewhere appears without a reload.
export async function a_payment_from_elsewhere_appears(visitor, sandbox) {
  for (const kind of ['invoice', 'recurring-payment']) {
    const { id, page } = await sandbox.create(kind);
    await visitor.open(page);
    await visitor.pick('Sui');
    same((await sandbox.save(kind, id, KINDS[kind].body.amount)).status, 200, kind);
    await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
    await visitor.open(page);
    await visitor.page.getByRole('heading', { name: 'Already paid' }).waitFor();
    holds(/^Paid on Sui at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\./.test(await visitor.page.locator('#paid-before').innerText()), 'when it was paid');
    await visitor.page.getByText('There is nothing left to pay.').waitFor();
    same(await visitor.page.getByRole('radio').count(), 0, 'there is nothing left to select');
    same(await visitor.page.getByRole('button').count(), 0, 'there is no pay button');
  }
}

// A payment link stays open: its page shows the earlier payments, and the link can be paid again.
export async function a_paid_payment_link_can_be_paid_again(visitor, sandbox) {
  const { id, page } = await sandbox.create('payment-link');
  same((await sandbox.save('payment-link', id, '12.50')).status, 200, 'paid elsewhere');
  await visitor.open(page);
  await visitor.page.getByText('Already paid once, on Sui').waitFor();
  await visitor.pick('Base');
  await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
  await visitor.page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
  await visitor.open(page);
  await visitor.page.getByText('Already paid twice, most recently on Base').waitFor();
}

// The checkout page for an invoice or a recurring payment shows the `businessName` from the request that created the
// record. A payment link has no `businessName`, so its page shows the name in the business's profile.
export async function the_merchant_is_shown(visitor, sandbox) {
  for (const [kind, merchant] of [['payment-link', 'Sandbox business'], ['invoice', 'Shop'], ['recurring-payment', 'Shop']]) {
    const { page } = await sandbox.create(kind);
    await visitor.open(page);
    same(await visitor.page.locator('.merchant').innerText(), `${merchant[0]}\n${merchant}`, kind);
  }
}

// The pay button is visible without scrolling, before and after a chain is chosen, on a laptop and on a phone. A long
// description doesn't push the button out of view on a phone.
export async function the_pay_button_is_visible_without_scrolling(visitor, sandbox) {
  const { page } = visitor;
  const sizes = { laptop: { width: 1280, height: 720 }, phone: { width: 390, height: 844 }, 'small phone': { width: 320, height: 568 } };
  const long = { title: 'A title of many words. '.repeat(4), description: 'A description of many words. '.repeat(20) };
  const cases = [['payment-link', {}], ['invoice', {}], ['recurring-payment', {}], ['payment-link', long]];
  for (const [kind, fields] of cases) {
    const { page: address } = await sandbox.create(kind, fields);
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await visitor.open(address);
      const pay = page.getByRole('button', { name: 'Pay as a test payer' });
      await pay.waitFor();
      const isVisible = () => pay.evaluate((button) => {
        const { top, bottom, left, width } = button.getBoundingClientRect();
        const found = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
        return top >= 0 && bottom <= window.innerHeight && found === button;
      });
      holds(await isVisible(), `${kind}, ${size}: before the choice`);
      // A click by Playwright would scroll.
      await page.evaluate(() => document.querySelector('[name="chain"][value="base"]').click());
      await page.getByRole('heading', { name: 'Or send to this address' }).waitFor();
      same(await page.evaluate(() => window.scrollY), 0, 'nothing was scrolled');
      holds(await isVisible(), `${kind}, ${size}: after the choice`);
    }
  }
}

// A click on the pay button before a chain is chosen shows what is missing, and moves the focus there.
export async function paying_without_a_choice_asks_for_one(visitor, sandbox) {
  const { page } = await sandbox.create('payment-link');
  await visitor.open(page);
  const pay = visitor.page.getByRole('button', { name: 'Pay as a test payer' });
  await pay.click();
  await visitor.page.getByRole('alert').getByText('Pick a chain first.').waitFor();
  same(await visitor.page.evaluate(() => document.activeElement.name), 'chain', 'the focus is on the chains');
  await visitor.page.keyboard.press('Space');
  await visitor.page.getByRole('alert').waitFor({ state: 'hidden' });
  await pay.click();
  await visitor.page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
}

// If a payment link was created with a live key, its page shows the live tokens and a warning, and has no pay button.
export async function live_mode_is_shown_as_simulated(visitor, sandbox, { tokens, liveNormalKey }) {
  const { page } = await sandbox.create('payment-link', {}, liveNormalKey);
  await visitor.open(page);
  await visitor.page.getByText('Simulated live mode.').waitFor();
  for (const { chain, live } of tokens) {
    await visitor.page.getByRole('radio', { name: CHAINS[chain], exact: true }).check();
    same(await visibleTokens(visitor), live, chain);
  }
  await visitor.page.getByRole('radio', { name: 'USDC' }).check();
  await visitor.page.getByRole('heading', { name: 'Send to this address' }).waitFor();
  same(await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).count(), 0, 'there is no pay button');
  await visitor.page.getByRole('button', { name: 'Check for a payment' }).click();
  await visitor.page.getByText('Nothing has arrived yet.').waitFor();
  visitor.expectComplaint(/status of 400/);
}

// The vendor's pay buttons open the page and wait for a message.
export async function the_shop_that_opened_the_page_is_notified(visitor, sandbox) {
  const { id, page } = await sandbox.create('payment-link');
  // Any page of this origin can act as the shop. Use a second checkout page.
  await visitor.open((await sandbox.create('payment-link')).page);
  const opened = visitor.page.waitForEvent('popup');
  await visitor.page.evaluate((address) => {
    window.addEventListener('message', ({ data }) => { document.title = JSON.stringify(data); });
    window.open(address);
  }, `${page}?parentOrigin=${encodeURIComponent(sandbox.url)}`);
  const popup = await opened;
  await popup.getByRole('radio', { name: 'Solana' }).check();
  await popup.getByRole('button', { name: 'Pay as a test payer' }).click();
  await popup.getByRole('heading', { name: 'Paid' }).waitFor();
  await visitor.page.waitForFunction(() => document.title.startsWith('{'));
  const message = JSON.parse(await visitor.page.title());
  same([message.isPaymentComplete, message.paymentId], [true, id], 'the message to the shop');
  holds(message.walletAddress.startsWith('Sandbox'), 'the wallet that paid');
}

async function visibleTokens(visitor) {
  return visitor.page.locator('fieldset[data-chain]:not([hidden]) input').evaluateAll((all) => all.map((one) => one.value));
}
