// Pays with the checkout SDK's functions, as a hand-written page does.

import { RESOURCES } from '../backend/resources.mjs';
import { asJson, RECIPIENT, saved, UNKNOWN, verified } from '../payloads.mjs';

const AWAITING = 'Payment Verification Failed: {"message":"Still awaiting payment","error":"Bad Request","statusCode":400}';

export async function functions(report, { shop, page, business }) {
  const context = { shop, page, business };
  for (const resource of RESOURCES) {
    await report.group(`paying a ${resource.word}`, () => pay(report, resource, context));
    await report.group(`mistakes when paying a ${resource.word}`, () => mistakes(resource, context));
  }
  await report.group('checkout calls other than payments', () => around(report, context));
  await report.group('paying by card', () => byCard(report, page, business));
}

/** Creates something payable. */
export async function something({ type, checkout, data, id, first, payload }, { shop }) {
  const { [data]: made } = await shop.answers(`${type}.create`, [...first, payload()], {});
  return { type: checkout, own: made[id], amount: made.amount, made };
}

async function pay(report, resource, context) {
  const { page, business } = context;
  const { type, own, amount, made } = await something(resource, context);
  const shown = { [resource.data]: { ...asJson(made), env: 'test' } };
  const before = await page.answers('fetchPayment', [{ paymentType: type, paymentId: own }], shown);

  const { publicKey } = await page.answers('getPaymentWallet', [{ walletType: 'evm', evmChain: 'base', env: 'test' }], {});
  const question = { type, body: verified(own, amount, business, publicKey) };
  await page.refused('verifyPaymentWithWallet', [question], 400, AWAITING);
  const body = saved(own, amount, business, { payer: publicKey });
  await page.answers('savePayment', [{ type, body }], { statusCode: 200 });
  await page.answers('savePayment', [{ type, body }], { statusCode: 200 });
  await page.answers('verifyPaymentWithWallet', [question], { statusCode: 200 });

  const after = await page.answers('fetchPayment', [{ paymentType: type, paymentId: own }], {});
  const state = (answer) => answer[resource.data].currentPaymentStatus ?? answer[resource.data].status;
  // A payment link has no state: it can be paid again.
  const states = { 'payment-link': [undefined, undefined], invoice: ['pending', 'paid'], recurring: ['unpaid', 'paid'] };
  report.equal('its state', [state(before), state(after)], states[type]);
  const more = { type, body: saved(own, amount, business) };
  if (type === 'payment-link') await page.answers('savePayment', [more], { statusCode: 200 });
  else await page.refused('savePayment', [more], 409, 'paid');
  const changed = { ...body, payer: RECIPIENT };
  await page.refused('savePayment', [{ type, body: changed }], 409, 'transaction');

  await byNativeToken(resource, context);
  await onOtherChains(resource, context);
}

async function byNativeToken(resource, context) {
  const { page, business } = context;
  const { type, own, amount } = await something(resource, context);
  const chain = { chain: 'eth', evmChain: 'eth' };
  const body = saved(own, amount, business, { chain: 'eth', feeSignature: 'fake-fee', subWalletUuid: UNKNOWN });
  await page.answers('savePayment', [{ type, body, nativeTokens: 'ETH' }], { statusCode: 200 });
  const question = verified(own, amount, business, RECIPIENT, { ...chain, token: 'ETH', customerInformation: 'a customer' });
  await page.answers('verifyPaymentWithWallet', [{ type, body: question, nativeTokens: 'ETH' }], { statusCode: 200 });
}

async function onOtherChains(resource, context) {
  const { page, business } = context;
  for (const chain of ['sui', 'solana']) {
    const { type, own, amount } = await something(resource, context);
    const { publicKey } = await page.answers('getPaymentWallet', [{ walletType: chain }], { statusCode: 200 });
    const plain = { chain, evmChain: undefined, walletAddress: undefined };
    const question = { type, body: verified(own, amount, business, publicKey, plain) };
    await page.refused('verifyPaymentWithWallet', [question], 400, AWAITING);
    const body = saved(own, amount, business, { chain, payer: publicKey });
    await page.answers('savePayment', [{ type, body }], { statusCode: 200 });
    await page.answers('verifyPaymentWithWallet', [question], { statusCode: 200 });
  }
}

async function mistakes(resource, context) {
  const { shop, page, business } = context;
  const { type, own, amount } = await something(resource, context);
  const save = (body, more) => [{ type, body: { ...saved(own, amount, business), ...body }, ...more }];
  const ask = (body, more) => [{ type, body: { ...verified(own, amount, business, RECIPIENT), ...body }, ...more }];
  for (const wrong of ['1', '0', '-1', 'ten', '1000000', 12.5]) {
    await page.refused('savePayment', save({ amount: wrong }), 400, 'amount');
    await page.refused('verifyPaymentWithWallet', ask({ amount: wrong }), 400, 'amount');
  }
  const bad = { chain: 'btc', env: 'production', recipientWalletAddress: '', userUUID: undefined };
  for (const [field, value] of Object.entries(bad)) {
    await page.refused('savePayment', save({ [field]: value }), 400, field);
    if (field !== 'chain') await page.refused('verifyPaymentWithWallet', ask({ [field]: value }), 400, field);
  }
  await page.refused('savePayment', save({ payer: '' }), 400, 'payer');
  await page.refused('savePayment', save({ transactionSignature: '' }), 400, 'transactionSignature');
  await page.refused('savePayment', save({}, { nativeTokens: 'BTC' }), 400, 'nativeTokens');
  await page.refused('verifyPaymentWithWallet', ask({ token: 'EURC' }), 400, 'token');
  await page.refused('verifyPaymentWithWallet', ask({ evmChain: 'eth' }), 400, 'evmChain');
  await page.notSent('verifyPaymentWithWallet', ask({ walletAddress: undefined }), 'walletAddress');

  await page.refused('fetchPayment', [{ paymentType: type, paymentId: UNKNOWN }], 404, 'id');
  await page.refused('savePayment', save({ paymentLinkId: UNKNOWN }), 404, 'id');
  await page.refused('verifyPaymentWithWallet', ask({ paymentLinkId: UNKNOWN }), 404, 'id');
  await shop.answers(`${resource.type}.delete`, [own], {});
  await page.refused('fetchPayment', [{ paymentType: type, paymentId: own }], 404, 'id');
  await page.refused('savePayment', save({}), 404, 'id');
  await page.refused('verifyPaymentWithWallet', ask({}), 404, 'id');
}

async function around(report, { shop, page, business }) {
  const user = await page.answers('getUserDetails', [], { statusCode: 200 });
  const chains = ['arb', 'avax', 'base', 'eth', 'pol', 'solana', 'sui'];
  report.equal('an address on each chain', Object.keys(user.walletAddress).sort(), chains);
  report.holds('a balance', /^\d+\.\d\d$/.test(user.walletBalance), user.walletBalance);
  await page.answers('getUserDetails', [business], { walletAddress: user.walletAddress });
  await page.refused('getUserDetails', [UNKNOWN], 404, 'business');

  for (const [walletType, chain] of [['sui', 'sui'], ['solana', 'solana'], ['evm', 'eth']]) {
    await page.answers('getPaymentWallet', [{ walletType }], { publicKey: user.walletAddress[chain] });
  }
  for (const evmChain of ['arb', 'avax', 'base', 'eth', 'pol']) {
    const options = { walletType: 'evm', evmChain, env: 'test', merchant: user.walletAddress.eth };
    await page.answers('getPaymentWallet', [options], { statusCode: 200, publicKey: user.walletAddress[evmChain] });
  }
  await page.refused('getPaymentWallet', [{ walletType: 'evm', evmChain: 'sui' }], 400, 'evmChain');
  await page.refused('getPaymentWallet', [{ walletType: 'btc' }], 404, 'Cannot GET');
  await page.notSent('fetchPayment', [{ paymentType: 'recurring-payment', paymentId: UNKNOWN }], 'Invalid payment type');
  const { type, body } = { type: 'recurring-payment', body: saved(UNKNOWN, '1', business) };
  await page.notSent('savePayment', [{ type, body }], 'Invalid payment type');
  const question = { type, body: verified(UNKNOWN, '1', business, RECIPIENT) };
  await page.refused('verifyPaymentWithWallet', [question], 404, 'Cannot POST /checkout/verify-payment/undefined');

  const { uuid } = await shop.answers('Wallet.createSubWallet', [], {});
  const { address } = await shop.answers('Wallet.createNewSubWallet', [{ subWalletUuid: uuid, walletType: 'sui' }], {});
  const payment = { amount: '3', recipientAddress: address, walletType: 'sui' };
  await shop.answers('Wallet.sendPayment', [payment], {});
  const data = { type: 'all', address: { sui: address }, balance: '3.00', balances: { sui: '3.00' } };
  await page.answers('fetchSubWallets', [{ subWalletUuid: uuid, env: 'test' }], { statusCode: 200, data });
  await page.notSent('fetchSubWallets', [{ subWalletUuid: '', env: 'test' }], 'subWalletUuid');
  await shop.answers('Wallet.deleteSubWallet', [uuid], {});
  await page.refused('fetchSubWallets', [{ subWalletUuid: uuid, env: 'test' }], 404, 'sub wallet');
  await page.refused('fetchSubWallets', [{ subWalletUuid: UNKNOWN, env: 'test' }], 404, 'sub wallet');
}

async function byCard(report, page, business) {
  const { walletAddress } = await page.answers('getUserDetails', [], {});
  const params = { amount: '12.50', recipientWalletAddress: walletAddress.base, chain: 'base' };
  const { data } = await page.answers('getOnRampData', [params], {});
  report.holds('a page to pay on', data.link.endsWith(`/pay/on-ramp/${data.id}`), data);
  const question = { id: data.id, ...params, userUUID: business };
  await page.answers('getOnRampPaymentStatus', [question], { statusCode: 200, data: { data: { status: 'PENDING' } } });
  const done = await page.answers('getOnRampPaymentStatus', [question], { data: { data: { status: 'COMPLETED' } } });
  report.holds('a hash', typeof done.data.data.transactionHash === 'string', done);
  const [starts, asks] = ['Failed to fetch onramp data', 'Failed to fetch onramp payment status'];
  await page.refused('getOnRampPaymentStatus', [{ ...question, amount: '12' }], 400, asks);
  await page.refused('getOnRampPaymentStatus', [{ ...question, id: UNKNOWN }], 404, asks);
  await page.refused('getOnRampData', [{ ...params, amount: '-1' }], 400, starts);
  await page.refused('getOnRampData', [{ ...params, chain: 'sui' }], 400, starts);
  await page.refused('getOnRampData', [{ ...params, recipientWalletAddress: 'nowhere' }], 400, starts);
}
