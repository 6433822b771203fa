// Tests that test and live mode are separate: a record that is created in one mode is unknown in
// the other.

import { backend, frontend } from './calls.mjs';
import { RESOURCES } from './backend/resources.mjs';
import { RECIPIENT, saved, verified } from './payloads.mjs';

export async function modes(report, settings) {
  const { good } = settings;
  const test = backend(report, good);
  const live = backend(report, { ...good, key: settings.liveNormalKey });
  const pays = (key) => frontend(report, { ...good, key });
  const [testPage, livePage] = [pays(settings.checkoutKey), pays(settings.liveCheckoutKey)];
  await report.group('test and live', async () => {
    for (const resource of RESOURCES) await apart(report, resource, { test, live, testPage, livePage, ...good });
    await walletsApart(test, live);
    const body = saved('any', '1', good.business, { env: 'prod' });
    await testPage.refused('savePayment', [{ type: 'invoice', body }], 400, 'env');
    const question = verified('any', '1', good.business, RECIPIENT, { env: 'prod' });
    await testPage.refused('verifyPaymentWithWallet', [{ type: 'invoice', body: question }], 400, 'env');
    await testPage.refused('getPaymentWallet', [{ walletType: 'evm', env: 'prod' }], 400, 'env');
    await testPage.refused('fetchSubWallets', [{ subWalletUuid: 'any', env: 'prod' }], 400, 'env');
    await livePage.refused('savePayment', [{ type: 'invoice', body: { ...body, env: 'test' } }], 400, 'env');
  });
  await report.group('two businesses', () => businesses(report, test, settings));
}

/** Checks that a business with valid credentials can't access the records of another business. */
async function businesses(report, own, { good, other }) {
  const stranger = { ...good, business: other.business, key: other.normalKey, secret: other.walletSecret };
  const others = backend(report, stranger);
  const page = frontend(report, { ...stranger, key: other.checkoutKey });
  for (const { type, checkout, data, id, first, payload } of RESOURCES) {
    const { [data]: made } = await own.answers(`${type}.create`, [...first, payload()], {});
    await others.refused(`${type}.get`, [made[id]], 404, 'id');
    await others.refused(`${type}.update`, [{ [id]: made[id], amount: '1' }], 404, 'id');
    await others.refused(`${type}.delete`, [made[id]], 404, 'id');
    await others.answers(`${type}.getAll`, [1000], { [data]: [] });
    await page.refused('fetchPayment', [{ paymentType: checkout, paymentId: made[id] }], 404, 'id');
    await own.answers(`${type}.get`, [made[id]], { [data]: made });
  }
  const { uuid } = await own.answers('Wallet.createSubWallet', [], {});
  await others.refused('Wallet.getSubWallet', [uuid], 404, 'sub wallet');
  await others.refused('Wallet.deleteSubWallet', [uuid], 404, 'sub wallet');
  await page.refused('getUserDetails', [good.business], 404, 'business');
}

async function apart(report, { type, checkout, data, id, first, payload }, { test, live, testPage, livePage, business }) {
  const { [data]: made } = await test.answers(`${type}.create`, [...first, payload()], {});
  const own = made[id];
  await live.refused(`${type}.get`, [own], 404, 'mode');
  await live.refused(`${type}.update`, [{ [id]: own, amount: '1' }], 404, 'mode');
  await live.refused(`${type}.delete`, [own], 404, 'mode');
  const listed = await live.answers(`${type}.getAll`, [1000], {});
  report.holds('not in the list', listed[data].every((each) => each[id] !== own), listed[data].length);
  await livePage.refused('fetchPayment', [{ paymentType: checkout, paymentId: own }], 404, 'mode');
  const body = saved(own, payload().amount, business, { env: 'prod' });
  await livePage.refused('savePayment', [{ type: checkout, body }], 404, 'mode');
  await testPage.answers('fetchPayment', [{ paymentType: checkout, paymentId: own }], { [data]: { env: 'test' } });

  const { [data]: real } = await live.answers(`${type}.create`, [...first, payload()], {});
  await livePage.answers('fetchPayment', [{ paymentType: checkout, paymentId: real[id] }], { [data]: { env: 'prod' } });
  await test.refused(`${type}.get`, [real[id]], 404, 'mode');
}

async function walletsApart(test, live) {
  const { uuid } = await test.answers('Wallet.createSubWallet', [], {});
  await live.refused('Wallet.getSubWallet', [uuid], 404, 'mode');
  const payment = { amount: '1', recipientAddress: RECIPIENT, walletType: 'base' };
  const { transactionUUID } = await live.answers('Wallet.sendPayment', [payment], {});
  await test.refused('Wallet.getTransactionStatus', [transactionUUID], 404, 'mode');
}
