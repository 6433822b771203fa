// Tests the settings that a page reads at run time, from `<meta>` tags and `/config.json`.

import { holds, same } from '../lib/expect.mjs';

export async function settings_are_read_from_meta_tags(visit, _, { meta }) {
  const page = await visit.open(meta);
  const read = await visit.call(page, 'read_settings');
  same(read.mode, 'test', JSON.stringify(read));
  same(JSON.stringify(read).includes(visit.settings.checkoutKey), false, 'the key is not shown');
}

export async function empty_meta_tags_are_named(visit) {
  const page = await visit.open();
  const read = await visit.call(page, 'read_settings');
  same(read.kind, 'Missing');
  same(read.text, '`<meta name="mileston-checkout-key">` in the page is missing or empty');
}

export async function a_page_rejects_a_normal_key(visit) {
  const page = await visit.open();
  for (const text of ['Mileston_TEST_fake0123', 'Mileston_LIVE_fake0123']) {
    const said = await visit.call(page, 'any_key', text);
    holds(said.every(({ key }) => key === undefined), JSON.stringify(said));
    holds(said[0].kind.startsWith('WrongKey { kind: Normal'), JSON.stringify(said));
    same(JSON.stringify(said).includes('fake0123'), false, 'the key is not shown');
  }
  const [checkout] = await visit.call(page, 'any_key', 'Mileston_TEST_CHECKOUTKEY_fake0123');
  same(checkout.key, 'Checkout');
}

export async function a_key_can_be_built_in(visit) {
  const page = await visit.open();
  same((await visit.call(page, 'built_in')).key, 'CheckoutKey<Test>(Mileston_TEST_CHECKOUTKEY_…)');
}

export async function settings_are_read_from_a_file(visit, _, { meta }) {
  const page = await visit.open(meta);
  same((await visit.call(page, 'read_settings', '/config.json')).mode, 'test');
  const normal = await visit.call(page, 'read_settings', '/normal-key.json');
  same(normal.kind, 'BackendKey', JSON.stringify(normal));
  holds(normal.text.includes('a Normal key must never reach'), normal.text);
  same(normal.text.includes('fake'), false, 'the key is not shown');
  same((await visit.call(page, 'read_settings', '/start.js')).kind, 'NotJson');
  for (const path of ['/no-such-file', 'https://other.example/config.json', 'not a url://']) {
    const failed = await visit.call(page, 'read_settings', path);
    same(failed.kind, 'NotFetched', `${path}: ${JSON.stringify(failed)}`);
    holds(failed.text.startsWith("the page's settings can't be fetched: "), failed.text);
    same(failed.text.includes('responded with 404'), !path.startsWith('https:'), failed.text);
  }
}
