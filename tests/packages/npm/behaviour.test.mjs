// Tests what the README's programs don't cover: errors, secrets, and several sandboxes.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, beforeEach, test } from 'node:test';
import { inspect } from 'node:util';

import { Sandbox, startSandbox } from 'mileston-sandbox';

let sandbox;
before(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
after(() => sandbox.stop());

const secrets = ({ normalKey, checkoutKey, walletSecret }) => [normalKey, checkoutKey, walletSecret];

const list = ({ url, normalKey, businessId }) =>
  fetch(`${url}/payment-link/?limit=10`, { headers: { apikey: normalKey, businessid: businessId } });

test('require returns the same module', () => {
  const required = createRequire(import.meta.url)('mileston-sandbox');
  assert.equal(required.startSandbox, startSandbox);
  assert.ok(sandbox instanceof Sandbox);
});

test('a printed sandbox shows no secret', () => {
  const shown = [
    inspect(sandbox, { showHidden: true, depth: 9 }),
    JSON.stringify(sandbox),
    `${sandbox}`,
    JSON.stringify({ ...sandbox }),
  ].join('\n');
  assert.match(shown, /businessId/);
  for (const secret of secrets(sandbox)) {
    assert.ok(secret.length > 20);
    assert.ok(!shown.includes(secret));
  }
});

test('a child process gets what `serve` exports', () => {
  assert.deepEqual(sandbox.env, {
    MILESTON_URL: sandbox.url,
    MILESTON_BUSINESS_ID: sandbox.businessId,
    MILESTON_KEY: sandbox.normalKey,
    MILESTON_CHECKOUT_KEY: sandbox.checkoutKey,
    MILESTON_WALLET_SECRET: sandbox.walletSecret,
  });
});

test('two sandboxes share nothing', async () => {
  const other = await startSandbox({ live: true });
  await other.trigger('paymentlink-paid');
  assert.equal((await (await list(other)).json()).paymentData.length, 1);
  assert.equal((await (await list(sandbox)).json()).paymentData.length, 0);
  assert.equal((await list({ ...sandbox, url: sandbox.url, businessId: sandbox.businessId, normalKey: other.normalKey })).status, 401);
  assert.match(other.liveNormalKey, /^Mileston_LIVE_/);
  await other.stop();
  await other.stop();
  await assert.rejects(other.reset(), /cannot reach the sandbox at .* Was it stopped\?/);
});

test('a payer makes a mistake', async () => {
  const { amount, made } = await sandbox.trigger('invoice-paid', { mistake: 'underpaid' });
  assert.deepEqual([amount, made], ['12.50', true]);
});

test('a fault hits one request', async () => {
  const rule = await sandbox.fault({ fault: '503', operation: 'listPaymentLinks', times: 1 });
  assert.equal(rule.times, 1);
  assert.equal((await list(sandbox)).status, 503);
  assert.equal((await list(sandbox)).status, 200);
});

test('a rejected request says why', async () => {
  await assert.rejects(sandbox.trigger('nothing-paid'), /POST \/_sandbox\/trigger: .*event/);
  await assert.rejects(sandbox.fault({ fault: '418' }), /POST \/_sandbox\/faults: .*fault/);
});

test('an unknown option names the known ones', async () => {
  await assert.rejects(startSandbox({ ports: 1 }), /unknown option `ports`; the options are args, live, port/);
});

test('a sandbox that does not start says why', async () => {
  const { port } = new URL(sandbox.url);
  await assert.rejects(startSandbox({ port }), new RegExp(`the sandbox didn't start \\(exit code 1\\): .*${port}`));
  await assert.rejects(startSandbox({ args: ['--no-such-flag'] }), /exit code 2\): .*--no-such-flag/s);
});

test('a wrong path in MILESTON_SANDBOX_BINARY is named', async () => {
  process.env.MILESTON_SANDBOX_BINARY = '/no/such/program';
  try {
    await assert.rejects(startSandbox(), /cannot run \/no\/such\/program: /);
  } finally {
    delete process.env.MILESTON_SANDBOX_BINARY;
  }
});

test('a live key needs live mode', () => {
  assert.throws(() => sandbox.liveNormalKey, /start the sandbox with `live: true`/);
});
