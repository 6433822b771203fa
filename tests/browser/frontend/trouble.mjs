// Tests the example page when there are problems with the settings, the network or the server.

import { holds, same, until } from '../lib/expect.mjs';
import { Payer, send } from './payer.mjs';
import { LINK, json } from './server.mjs';

const BUSINESS = {
  statusCode: 200,
  userData: { businessName: 'Ada’s Beans' },
  walletAddress: { base: '0x52908400098527886E0F7030069857D2E4169EE7' },
};

export async function an_unknown_link_has_its_own_message(visit) {
  await (await Payer.at(visit, 'not-there')).is('not-found');
  await (await Payer.at(visit, undefined)).is('no-link');
}

export async function missing_and_invalid_settings_are_named(visit, _, { businessId, checkoutKey }) {
  for (const [config, text] of [
    [{ businessId }, '`checkoutKey`'],
    [{ businessId: '', checkoutKey }, '`businessId`'],
    [{ businessId, checkoutKey: 'Mileston_TEST_CHECKOUTKEY_' }, 'only a key prefix'],
    [{ businessId, checkoutKey, origin: 'http://shop.example' }, '`origin`'],
  ]) {
    const payer = await Payer.at(visit, 'link-1', { config });
    await payer.is('settings');
    const said = await payer.page.locator('main').innerText();
    holds(said.includes(text), said);
  }
}

export async function a_normal_key_in_the_settings_is_rejected_and_not_shown(visit, _, { businessId }) {
  for (const mode of ['TEST', 'LIVE']) {
    const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey: `Mileston_${mode}_fake0123` } });
    await payer.is('settings');
    const said = await payer.page.locator('main').innerText();
    holds(said.includes('a Normal key must never reach'), said);
    same((await payer.everything()).includes('fake0123'), false, 'the key is not shown');
  }
}

export async function a_page_that_starts_offline_can_be_retried(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link');
  const payer = await Payer.at(visit, id, {});
  await payer.is('ready');
  // Let the page itself load, but block the platform.
  await payer.page.route(`${url}/**`, (route) => route.abort('internetdisconnected'));
  await payer.page.reload();
  await payer.is('no-response');
  const sent = visit.requests.length;
  await payer.page.waitForTimeout(3000);
  same(visit.requests.length, sent, 'the page does not retry automatically');
  await payer.page.unroute(`${url}/**`);
  await payer.page.locator('#retry').click();
  await payer.is('ready');
}

export async function a_page_that_goes_offline_keeps_waiting(visit, sandbox, { url }) {
  const { id } = await sandbox.create('payment-link');
  const payer = await Payer.at(visit, id);
  const asked = await payer.choose('Base');
  await visit.page.waitForTimeout(3000);
  await visit.context.setOffline(true);
  try {
    await payer.page.locator('#offline').waitFor();
    await payer.page.waitForTimeout(4000);
    await payer.is('waiting');
  } finally {
    await visit.context.setOffline(false);
  }
  await send(url, { chain: 'base', ...asked });
  await payer.is('verified', 40_000);
}

export async function a_server_without_cors_gets_no_response(visit, _, { businessId, checkoutKey }) {
  const server = await visit.server((_, response) => json(response, 200, LINK), { cors: false });
  const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey, origin: server.url } });
  await payer.is('no-response');
  const said = await payer.page.locator('main').innerText();
  // This story doesn't check the requests, because Playwright itself responds to preflights of
  // intercepted pages. The stories in `calls.mjs` check the requests.
  holds(said.includes('doesn’t say why'), said);
}

export async function the_page_waits_for_a_slow_server(visit, _, { businessId, checkoutKey }) {
  let answer;
  const slow = new Promise((resolve) => (answer = resolve));
  const server = await visit.server(async (request, response) => {
    await slow;
    json(response, 200, request.url.includes('paymentlink') ? LINK : BUSINESS);
  });
  const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey, origin: server.url } });
  await until(() => server.requests.length > 0, 'the request is sent');
  await payer.page.waitForTimeout(1000);
  await payer.is('loading');
  answer();
  await payer.is('ready');
  same(await payer.page.getByText('Ada’s Beans').isVisible(), true, 'the late response is shown');
}

export async function a_very_long_title_does_not_freeze_the_page(visit, _, { businessId, checkoutKey }) {
  const link = { ...LINK, paymentData: { ...LINK.paymentData, title: 'T'.repeat(100_000) } };
  const server = await visit.server((request, response) => {
    json(response, 200, request.url.includes('paymentlink') ? link : BUSINESS);
  });
  const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey, origin: server.url } });
  await payer.is('ready');
  same(await payer.page.locator('#title').textContent(), `${'T'.repeat(500)}…`);
}

export async function a_body_that_is_too_large_does_not_break_the_page(visit, _, { businessId, checkoutKey }) {
  const server = await visit.server((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(10 << 20, 0x20));
  });
  const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey, origin: server.url } });
  await payer.is('unexpected');
  await payer.page.locator('#retry').click();
  await payer.is('unexpected');
}

export async function a_redirect_does_not_forward_the_key(visit, _, { businessId, checkoutKey }) {
  const second = await visit.server((_, response) => json(response, 200, LINK));
  const first = await visit.server((request, response) => {
    response.writeHead(302, { location: second.url + request.url }).end();
  });
  const payer = await Payer.at(visit, 'link-1', { config: { businessId, checkoutKey, origin: first.url } });
  await payer.page.locator('main:not([data-state="loading"])').waitFor();
  holds(first.requests.length > 0, 'the first origin got a request');
  same([second.requests.length, second.preflights.length], [0, 0], 'the second origin gets no request');
}
