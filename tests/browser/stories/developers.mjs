// A developer uses the pages that list keys, payments and requests.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { holds, same } from '../lib/expect.mjs';

const run = promisify(execFile);

// A new key is shown once, and is valid immediately. Rolling a key creates another key, and the old key stays valid for
// the chosen time unless it is revoked.
export async function a_key_is_created_rolled_and_revoked(visitor, sandbox) {
  const { page } = visitor;
  await visitor.open(sandbox.url);
  same(await page.locator('#business').textContent(), sandbox.businessId, 'the business id is in the menu');
  await page.getByRole('radio', { name: 'Normal key' }).check();
  await page.getByRole('button', { name: 'Create a test key' }).click();
  const first = await page.locator('#revealed').textContent();
  same((await sandbox.call(first, 'GET', '/invoice/')).status, 200, 'the new key is valid');
  await page.reload();
  await page.getByText('This was already shown once').waitFor();
  holds(!(await page.content()).includes(first), 'it is shown only once');

  await page.goto(sandbox.url);
  const keys = page.getByRole('region', { name: 'Test keys' }).getByRole('listitem');
  const newest = keys.first();
  await newest.getByText('Roll', { exact: false }).first().click();
  await newest.getByRole('combobox', { name: 'Keep the old key working' }).selectOption('for an hour');
  await newest.getByRole('button', { name: 'Create a new key' }).click();
  const second = await page.locator('#revealed').textContent();
  for (const key of [first, second]) {
    same((await sandbox.call(key, 'GET', '/invoice/')).status, 200, 'both are valid for an hour');
  }
  await page.goto(sandbox.url);
  const rolled = keys.filter({ hasText: 'works until' });
  await rolled.locator('summary').nth(1).click();
  await rolled.getByRole('button', { name: 'Revoke this key' }).click();
  await keys.filter({ hasText: 'Revoked' }).waitFor();
  same((await sandbox.call(first, 'GET', '/invoice/')).status, 401, 'revoked');
  same((await sandbox.call(second, 'GET', '/invoice/')).status, 200, 'the other is still valid');
}

// The copy buttons copy the text next to them to the clipboard.
export async function values_on_the_page_can_be_copied(visitor, sandbox) {
  const { page } = visitor;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visitor.open(sandbox.url);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy the business id' }).click();
  await page.getByText('Copied').waitFor();
  same(await clipboard(), sandbox.businessId, 'the business id');
  await page.getByRole('button', { name: 'Copy: Export lines' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('export'));
  same((await clipboard()).split('\n')[0], `export MILESTON_URL=${sandbox.url}`, 'the lines for the shell');
}

const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/;

// A payment link has no state in the API, so the page shows how many payments the link received. The link's id can be
// copied.
export async function payments_of_a_link_are_counted(visitor, sandbox) {
  const { page } = visitor;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { id } = await sandbox.create('payment-link');
  await visitor.open(`${sandbox.url}/payments`);
  const row = page.getByRole('row').filter({ hasText: id });
  await row.getByText('No payments').waitFor();
  same((await sandbox.save('payment-link', id, '12.50')).status, 200, 'paid elsewhere');
  await row.getByText('1 payment', { exact: true }).waitFor();
  await row.getByRole('button', { name: `Copy the id ${id}` }).click();
  await row.getByText('Copied').waitFor();
  same(await page.evaluate(() => navigator.clipboard.readText()), id, 'the id');
}

// The list of payments is updated without a reload.
export async function the_list_of_payments_is_updated(visitor, sandbox) {
  const { page } = visitor;
  await visitor.open(`${sandbox.url}/payments`);
  const title = `Lamp ${Date.now()}`;
  const { id } = await sandbox.create('invoice', { itemName: title });
  const row = page.getByRole('row').filter({ hasText: title });
  await row.getByText('Not paid').waitFor();
  same(await row.locator('code').textContent(), id, 'the id');
  holds(TIME.test(await row.locator('[data-label=Created]').innerText()), 'when it was created');
  await row.getByRole('link').focus();
  same((await sandbox.save('invoice', id, '99')).status, 200, 'paid elsewhere');
  await row.getByText('Paid', { exact: true }).waitFor();
  const state = await row.locator('[data-label=State]').innerText();
  holds(/^Paid on Sui\s/.test(state) && TIME.test(state), `chain and time: ${state}`);
  same(await page.evaluate(() => document.activeElement.getAttribute('href')), `/invoice/${id}`, 'the focus stays');
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: title }).waitFor();
}

// A rejected call is listed with its reason. The entry of the call stays open while other calls arrive, and contains a
// command that repeats the call.
export async function a_rejected_call_is_found_and_repeated(visitor, sandbox) {
  const { page } = visitor;
  await visitor.open(`${sandbox.url}/requests`);
  const marker = `id-${Date.now()}'$(touch /tmp/never)`;
  const path = `/invoice/${encodeURIComponent(marker).replaceAll('\'', '%27')}`;
  const { json } = await sandbox.call(sandbox.normalKey, 'GET', path);
  const entry = page.locator('details').filter({ hasText: path });
  await entry.getByText('This business has no invoice with this id').waitFor();
  await entry.locator('summary').click();
  await sandbox.call(sandbox.normalKey, 'GET', '/invoice/later');
  await page.locator('.call', { hasText: '/invoice/later' }).waitFor();
  holds(await entry.evaluate((details) => details.open), 'it stays open');
  holds(/\d\d:\d\d:\d\d\.\d{3} UTC · \d+(\.\d)? ms$/.test(await entry.locator('.facts').innerText()), 'milliseconds');
  const curl = entry.locator('code[id^=curl]');
  holds(await curl.locator('.code-keyword').count() > 0, 'the command is coloured');
  const command = await curl.textContent();
  const environment = {
    PATH: process.env.PATH, MILESTON_URL: sandbox.url, MILESTON_KEY: sandbox.normalKey,
    MILESTON_BUSINESS_ID: sandbox.businessId,
  };
  const { stdout } = await run('sh', ['-c', command], { env: environment });
  same(JSON.parse(stdout), json, 'the same response');
  holds(!(await page.content()).includes(sandbox.normalKey), 'no key on the page');
}

// A signed call whose body contains shell syntax is repeated with the exact bytes.
export async function a_signed_call_is_repeated(visitor, sandbox, { walletSecret }) {
  const { page } = visitor;
  const amount = `0.${String(Date.now()).slice(-6)}`;
  const body = {
    amount, recipientAddress: '0x1111111111111111111111111111111111111111', walletType: 'eth', note: `it's "$HOME" \`id\``,
  };
  const { status } = await sandbox.call(sandbox.normalKey, 'POST', '/user/send-payment', body);
  same(status, 401, 'it was unsigned');
  await visitor.open(`${sandbox.url}/requests`);
  const entry = page.locator('details').filter({ hasText: amount });
  await entry.locator('summary').click();
  same(await entry.locator('code[id^=body]').innerText(), JSON.stringify(body, null, 2), 'the body is indented');
  const command = await entry.locator('code[id^=curl]').textContent();
  const environment = {
    PATH: process.env.PATH, MILESTON_URL: sandbox.url, MILESTON_KEY: sandbox.normalKey,
    MILESTON_BUSINESS_ID: sandbox.businessId, MILESTON_WALLET_SECRET: walletSecret,
  };
  const { stdout } = await run('sh', ['-c', command], { env: environment });
  same(JSON.parse(stdout).statusCode, 200, stdout);
}
