// Tests the checkout SDK's hooks: the data that they fetch, and their errors.

import { RESOURCES } from '../backend/resources.mjs';
import { refusal } from '../calls.mjs';
import { client, wallets } from '../packages.mjs';
import { RECIPIENT, saved, UNKNOWN, verified } from '../payloads.mjs';
import { something } from './functions.mjs';
import { doing, until, use } from './render.mjs';

export async function hooks(report, context) {
  await report.group('hooks that fetch immediately', () => fetching(report, context));
  await report.group('hooks that pay', () => paying(report, context));
  await report.group('hooks that pay by card', () => byCard(report, context));
  await report.group('hooks for sub wallets', () => around(report, context));
  await report.group('hooks for chains', () => chains(report, context));
}

async function fetching(report, context) {
  for (const resource of RESOURCES) {
    const { type, own, amount } = await something(resource, context);
    const hook = await use(context, 'useFetchPayment', { paymentType: type, paymentId: own });
    await until('it is fetched', () => !hook.current.loading);
    report.matches('what it fetched', hook.current, { error: undefined, data: { [resource.data]: { amount } } });
    await hook.unmount();
    const lost = await use(context, 'useFetchPayment', { paymentType: type, paymentId: UNKNOWN });
    await until('it has failed', () => lost.current.error);
    report.holds('why', lost.current.error.includes('id') && lost.current.data === undefined, lost.current);
    await lost.unmount();
  }
  report.exercised.add('useFetchPayment');

  const user = await use(context, 'useUserDetails');
  await until('it is fetched', () => user.current.data);
  report.matches('the business', user.current, { loading: false, error: null, data: { statusCode: 200 } });
  await user.unmount();
  const nobody = await use(context, 'useUserDetails', UNKNOWN);
  await until('it has failed', () => nobody.current.error);
  report.holds('why', nobody.current.error.message.includes('404'), nobody.current.error.message);
  await nobody.unmount();
  report.exercised.add('useUserDetails');

  const { current } = await use(context, 'usePaymentContext');
  report.equal('the context', current, { apikey: context.checkoutKey, businessid: context.business });
  report.exercised.add('usePaymentContext').add('MilestonPaymentProvider');
}

async function paying(report, context) {
  const { business } = context;
  const wallet = await use(context, 'useGetPaymentWallet');
  await run(wallet, 'fetchWallet', 'evm', { evmChain: 'base', env: 'test' });
  const { publicKey } = wallet.current.wallet;
  report.holds('a wallet', typeof publicKey === 'string', wallet.current);
  await fails(report, wallet, 'fetchWallet', ['evm', { evmChain: 'sui' }], 'evmChain');
  report.exercised.add('useGetPaymentWallet');

  for (const resource of RESOURCES) {
    const { type, own, amount } = await something(resource, context);
    const verify = await use(context, 'useVerifyPaymentWithWallet');
    const question = verified(own, amount, business, publicKey);
    await fails(report, verify, 'verify', [type, question], 'Still awaiting payment');
    const save = await use(context, 'useSavePayment');
    await fails(report, save, 'triggerSavePayment', [type, saved(own, '1', business)], 'amount');
    await run(save, 'triggerSavePayment', type, saved(own, amount, business, { payer: publicKey }));
    report.matches('saved', save.current, { loading: false, error: null, data: { statusCode: 200 } });
    await run(verify, 'verify', type, question);
    report.matches('verified', verify.current, { loading: false, error: null, data: { statusCode: 200 } });
  }
  report.exercised.add('useVerifyPaymentWithWallet').add('useSavePayment');
}

async function byCard(report, context) {
  const params = { amount: '5', recipientWalletAddress: RECIPIENT, chain: 'eth' };
  const start = await use(context, 'useGetOnRampData');
  await fails(report, start, 'fetchOnRampData', [{ ...params, amount: '0' }], 'Failed to fetch onramp data');
  await run(start, 'fetchOnRampData', params);
  const { id, link } = start.current.data.data;
  report.holds('a page', link.endsWith(id), link);
  const ask = await use(context, 'useGetOnRampPaymentStatus');
  const unknown = [{ ...params, id: UNKNOWN }];
  await fails(report, ask, 'fetchOnRampPaymentStatus', unknown, 'Failed to fetch onramp payment status');
  for (const status of ['PENDING', 'COMPLETED']) {
    await run(ask, 'fetchOnRampPaymentStatus', { ...params, id });
    report.matches('its state', ask.current, { error: null, data: { data: { data: { status } } } });
  }
  report.exercised.add('useGetOnRampData').add('useGetOnRampPaymentStatus');
}

async function around(report, context) {
  const { uuid } = await context.shop.answers('Wallet.createSubWallet', [], {});
  const params = { apikey: context.checkoutKey, businessid: context.business, subWalletUuid: uuid, env: 'test' };
  const sub = await use(context, 'useSubWallets', params);
  report.equal('nothing is requested yet', sub.current.data, null);
  await run(sub, 'refetch');
  const data = { type: 'all', address: {}, balance: '0.00', balances: {} };
  report.matches('its content', sub.current, { loading: false, error: null, data: { data } });
  await context.shop.answers('Wallet.deleteSubWallet', [uuid], {});
  await run(sub, 'refetch');
  report.holds('it is gone', sub.current.error.includes('404') && sub.current.data === null, sub.current);
  report.exercised.add('useSubWallets');
}

/** Tests hooks that use only a chain and a wallet. Their results are then reported to the platform. */
async function chains(report, context) {
  const { business } = context;
  wallets.connected = { sui: true, solana: true };
  const [resource] = RESOURCES;
  const pays = {
    useSuiPayment: ['sui', (hook, order) => hook.handleSuiPayment(order)],
    useSolanaPayment: ['solana', (hook, order) => hook.handleSolanaPayment({ ...order, token: 'USDC' })],
  };
  for (const [name, [chain, pay]] of Object.entries(pays)) {
    const { type, own, amount } = await something(resource, context);
    const { publicKey } = await context.page.answers('getPaymentWallet', [{ walletType: chain }], {});
    const hook = await use(context, name, 'test');
    const done = await pay(hook.current, { amount, recipientWalletAddress: publicKey });
    report.equal('who paid', done.payerAddress, wallets.PAYER[chain]);
    await reportPayment(context, type, own, amount, { ...done, chain, recipientWalletAddress: publicKey });
    report.exercised.add(name);
  }
  wallets.connected = { sui: false, solana: false };
  const { type, own, amount } = await something(resource, context);
  const order = { env: 'test', evm: 'base', recipientAddress: RECIPIENT, amount, token: 'USDC', provider: {} };
  const { txHash, feeHash, payerAddress } = await client.handlePayWithEVMWalletConnect(order);
  const done = { payerAddress, transactionHash: txHash, feeHash, chain: 'base', recipientWalletAddress: RECIPIENT };
  await reportPayment(context, type, own, amount, done);
  report.exercised.add('handlePayWithEVMWalletConnect');

  async function reportPayment({ page }, type, own, amount, { payerAddress, transactionHash, feeHash, chain, recipientWalletAddress }) {
    const reported = { payer: payerAddress, transactionSignature: transactionHash, feeSignature: feeHash };
    const body = saved(own, amount, business, { ...reported, chain, recipientWalletAddress });
    await page.answers('savePayment', [{ type, body }], { statusCode: 200 });
    const evm = chain === 'base' ? {} : { evmChain: undefined, walletAddress: undefined };
    const question = verified(own, amount, business, payerAddress, { chain, recipientWalletAddress, ...evm });
    await page.answers('verifyPaymentWithWallet', [{ type, body: question }], { statusCode: 200 });
  }
}

const run = (hook, name, ...args) => doing(() => hook.current[name](...args));

async function fails(report, hook, name, args, words) {
  let said;
  await doing(async () => {
    said = await refusal(() => hook.current[name](...args));
  });
  const found = { said, kept: hook.current.error };
  report.holds(`${name} fails, "${words}"`, said?.includes(words) && found.kept === said, found);
}
