// A payer uses the example page.

import { holds, same } from '../lib/expect.mjs';
import { judge } from '../lib/judge.mjs';
import { Payer, send } from './payer.mjs';

export async function a_link_is_paid_in_the_page(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link', { redirectUrl: 'https://shop.example/thanks' });
  const payer = await Payer.at(visit, id);
  await payer.is('ready');
  same(await payer.page.locator('#title').textContent(), 'Coffee beans');
  holds(await payer.page.locator('#test-mode').isVisible(), 'the page says that it is in test mode');
  const asked = await payer.choose('Base');
  holds(/^0x[0-9a-fA-F]{40}$/.test(asked.to), asked.to);
  holds((await payer.page.locator('#qr path').getAttribute('d')).length > 100, 'there is a QR code');
  await send(url, { chain: 'base', ...asked });
  await payer.is('verified', 30_000);
  same(await payer.page.locator('#back').getAttribute('href'), 'https://shop.example/thanks');
  same((await payer.everything()).includes(visit.settings.checkoutKey), true, 'the key is in a meta tag');
}

export async function too_little_money_is_not_a_payment(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link');
  const payer = await Payer.at(visit, id);
  const asked = await payer.choose('Polygon');
  await send(url, { chain: 'pol', ...asked, amount: '1.00' });
  await payer.page.waitForTimeout(5000);
  await payer.is('waiting');
}

export async function a_payer_cancels_and_tries_again(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link');
  const payer = await Payer.at(visit, id);
  const asked = await payer.choose('Solana');
  await payer.click('Cancel');
  await payer.is('cancelled');
  const sent = visit.requests.length;
  await payer.page.waitForTimeout(4000);
  same(visit.requests.length, sent, 'no more requests are sent');
  await payer.page.locator('#retry').click();
  await payer.is('waiting');
  same(await payer.asked(), asked, 'the same address');
  await send(url, { chain: 'solana', ...asked });
  await payer.is('verified', 30_000);
}

export async function the_page_keeps_waiting_after_a_reload(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link');
  const payer = await Payer.at(visit, id);
  const asked = await payer.choose('Base');
  await payer.page.reload();
  await payer.is('waiting');
  same(await payer.asked(), asked, 'the same amount and address');
  await send(url, { chain: 'base', ...asked });
  await payer.is('verified', 30_000);
}

export async function two_tabs_wait_for_their_own_payments(visit, sandbox, { url }) {
  const [one, other] = [await sandbox.create('payment-link'), await sandbox.create('payment-link', { amount: '7' })];
  const first = await Payer.at(visit, one.id);
  const asked = await first.choose('Base');
  const second = await Payer.at(visit, other.id);
  const elsewhere = await second.choose('Sui');
  holds(asked.to !== elsewhere.to && asked.amount !== elsewhere.amount, JSON.stringify([asked, elsewhere]));
  await send(url, { chain: 'base', ...asked });
  await first.is('verified', 30_000);
  await second.is('waiting');
  await send(url, { chain: 'sui', ...elsewhere });
  await second.is('verified', 30_000);
}

export async function the_page_works_with_only_a_keyboard(visit, sandbox) {
  const { id } = await sandbox.create('payment-link');
  const { page, ...rest } = await Payer.at(visit, id);
  const payer = Object.assign(new Payer(), { page, ...rest });
  await payer.is('ready');
  const focused = () => page.evaluate(() => document.activeElement.id);
  for (let presses = 0; presses < 20 && (await focused()) !== 'network-eth'; presses += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  same(await focused(), 'token-USDC');
  await page.keyboard.press('Tab');
  same(await focused(), 'continue');
  await page.keyboard.press('Enter');
  await payer.is('waiting');
  const heading = await page.evaluate(() => document.activeElement.tagName);
  same(heading, 'H2', 'the focus is on the new heading');
}

export async function every_state_of_the_page_is_readable(visit, sandbox, { businessId, url }) {
  const { id } = await sandbox.create('payment-link');
  const at = async (link, options) => Payer.at(visit, link, options);
  // Pay first: otherwise, a tab that is still waiting for the same amount could receive the
  // payment.
  const reached = {
    verified: async () => {
      const link = await sandbox.create('payment-link', { redirectUrl: 'https://shop.example/thanks' });
      const payer = await at(link.id);
      await send(url, { chain: 'base', ...(await payer.choose('Base')) });
      await payer.is('verified', 30_000);
    },
    ready: async () => at(id),
    waiting: async () => (await at(id)).choose('Base'),
    cancelled: async () => {
      const payer = await at(id);
      await payer.choose('Base');
      await payer.click('Cancel');
    },
    'not-found': async () => at('not-there'),
    'no-link': async () => at(undefined),
    settings: async () => at(id, { config: { businessId } }),
  };
  for (const [state, reach] of Object.entries(reached)) {
    await reach();
    await visit.page.locator(`main[data-state="${state}"]`).waitFor();
    await judge(visit, `frontend-${state}`);
  }

  // The other states are hard to reach, so set them directly.
  const order = { merchant: 'Ada’s Beans', title: 'Coffee beans', description: 'Two bags', price: '12.50 USD', fee: '0.05 USD', total: '12.55 USD' };
  const detail = 'POST /payment/get-evm-payment-wallet: 403 Forbidden: the key is not valid for this business';
  const failed = { ...order, detail, retry: 'Try again', change: 'Choose another network' };
  const careful = 'Already sent the money? Don’t send it twice. Check again instead.';
  const staged = {
    loading: { title: 'Payment' },
    preparing: { ...order, cancel: 'Cancel' },
    'timed-out': { ...failed, careful, retry: 'Check again' },
    'no-response': { ...failed, careful, retry: 'Check again' },
    refused: failed,
    unavailable: failed,
    unexpected: failed,
    broken: { title: 'Payment' },
  };
  const payer = await at(id);
  await payer.is('ready');
  const views = await payer.page.evaluate(() => [...document.querySelectorAll('[data-view]')].map((view) => view.dataset.view));
  same([...Object.keys(reached), ...Object.keys(staged)].sort(), views.sort(), 'every state is checked');
  for (const [state, texts] of Object.entries(staged)) {
    await payer.page.evaluate(stage, [state, texts]);
    holds(await payer.page.locator(`[data-view="${state}"] h2`).isVisible(), `${state} is shown`);
    await judge(visit, `frontend-${state}`);
  }
}

// Shows a state with this content. Unfolds the details, so that they are also checked.
function stage([state, texts]) {
  document.querySelector('main').dataset.state = state;
  for (const slot of document.querySelectorAll('[data-text]')) {
    const text = texts[slot.dataset.text];
    slot.hidden = text === undefined;
    slot.textContent = text ?? '';
  }
  document.querySelector('details').open = true;
}
