// Tests wallets and sub wallets with the backend SDK: the balances must add up, whatever is sent or
// rejected.

import { BAD_AMOUNTS, RECIPIENT, UNKNOWN } from '../payloads.mjs';

const CHAINS = ['arb', 'avax', 'base', 'eth', 'pol', 'solana', 'sui'];
const CHAIN = 'base';

export async function walletsAndSubWallets(report, sdk) {
  await report.group('wallets', () => life(report, sdk));
  await report.group('bad wallet calls', () => mistakes(report, sdk));
}

/** Returns the balance of the business on the chain. */
async function balance(sdk) {
  const { walletData } = await sdk.answers('Wallet.getAllWallets', [], { statusCode: 200 });
  return walletData.find(({ blockchain }) => blockchain === CHAIN).balance;
}

async function subWallet(sdk) {
  const { uuid } = await sdk.answers('Wallet.createSubWallet', [], {});
  const payload = { subWalletUuid: uuid, walletType: CHAIN };
  const { address } = await sdk.answers('Wallet.createNewSubWallet', [payload], { type: CHAIN, balance: '0.00' });
  return { uuid, address };
}

async function life(report, sdk) {
  const { walletData } = await sdk.answers('Wallet.getAllWallets', [], { statusCode: 200 });
  report.equal('a wallet on each chain', walletData.map(({ blockchain }) => blockchain).sort(), CHAINS);
  report.holds('balances are numbers', walletData.every(({ balance }) => typeof balance === 'number'), walletData);
  const start = await balance(sdk);

  const created = await sdk.answers('Wallet.createSubWallet', [], {});
  const texts = [created.publicKey, created.uuid, created.recoveryPhrase];
  report.holds('the fields are text and not nested', texts.every((text) => typeof text === 'string' && text !== ''), created);
  const sub = await subWallet(sdk);

  const payment = { amount: '40.25', recipientAddress: sub.address, walletType: CHAIN };
  const sent = await sdk.answers('Wallet.sendPayment', [payment], { statusCode: 200 });
  report.equal('the business has less', await balance(sdk), start - 40.25);
  const filled = { type: 'all', address: { [CHAIN]: sub.address }, balance: '40.25', balances: { [CHAIN]: '40.25' } };
  await sdk.answers('Wallet.getSubWallet', [sub.uuid], filled);
  await sdk.answers('Wallet.getAllSubWallets', [], {
    statusCode: 200,
    data: { type: 'all', balance: '40.25', balances: { [sub.uuid]: { [CHAIN]: '40.25' }, [created.uuid]: {} } },
  });
  await settles(report, sdk, sent.transactionUUID, payment);

  const back = { amount: '0.25', recipientAddress: RECIPIENT, walletType: CHAIN };
  const gone = await sdk.answers('Wallet.sendFunds', [sub.uuid, back], { statusCode: 200 });
  await sdk.answers('Wallet.getSubWallet', [sub.uuid], { balance: '40.00' });
  await settles(report, sdk, gone.transactionUUID, back);

  const batch = { recipients: [sub.address, RECIPIENT], amounts: ['1', '2.5'], walletType: CHAIN };
  const many = await sdk.answers('Wallet.batchPayment', [batch], { statusCode: 200, data: {} });
  await sdk.answers('Wallet.getSubWallet', [sub.uuid], { balance: '41.00' });
  report.equal('both left', await balance(sdk), start - 43.75);
  await settles(report, sdk, many.transactionUUID, { amount: '3.50', walletType: CHAIN });

  await sdk.answers('Wallet.deleteSubWallet', [sub.uuid], { statusCode: 200 });
  report.equal('its balance is returned', await balance(sdk), start - 2.75);
  await sdk.refused('Wallet.getSubWallet', [sub.uuid], 404, 'sub wallet');
  await sdk.refused('Wallet.deleteSubWallet', [sub.uuid], 404, 'sub wallet');
  await sdk.refused('Wallet.sendFunds', [sub.uuid, back], 404, 'sub wallet');
  await sdk.answers('Wallet.deleteSubWallet', [created.uuid], { statusCode: 200 });
}

async function settles(report, sdk, transactionUUID, expected) {
  const args = [transactionUUID];
  const first = await sdk.answers('Wallet.getTransactionStatus', args, {
    statusCode: 200,
    data: { transactionUUID, status: 'pending', ...expected },
  });
  report.equal('no signature yet', first.data.signature, undefined);
  const { data } = await sdk.answers('Wallet.getTransactionStatus', args, { data: { status: 'completed' } });
  report.holds('a signature', typeof data.signature === 'string' && data.signature !== '', data.signature);
  const times = [data.createdAt, data.updatedAt].map((text) => new Date(text).toISOString() === text);
  report.equal('times as JavaScript writes them', times, [true, true]);
}

async function mistakes(report, sdk) {
  const start = await balance(sdk);
  const payment = { amount: '1', recipientAddress: RECIPIENT, walletType: CHAIN };
  for (const amount of BAD_AMOUNTS) {
    await sdk.refused('Wallet.sendPayment', [{ ...payment, amount }], 400, 'amount');
    const batch = { recipients: [RECIPIENT, RECIPIENT], amounts: ['1', amount], walletType: CHAIN };
    await sdk.refused('Wallet.batchPayment', [batch], 400, 'amounts');
  }
  await sdk.refused('Wallet.sendPayment', [{ ...payment, amount: '1000000' }], 400, 'Not enough balance');
  const tooMuch = { recipients: [RECIPIENT, RECIPIENT], amounts: ['1', '1000000'], walletType: CHAIN };
  await sdk.refused('Wallet.batchPayment', [tooMuch], 400, 'Not enough balance');
  const uneven = { recipients: [RECIPIENT], amounts: ['1', '2'], walletType: CHAIN };
  await sdk.refused('Wallet.batchPayment', [uneven], 400, 'amounts');
  await sdk.refused('Wallet.batchPayment', [{ recipients: [], amounts: [], walletType: CHAIN }], 400, 'recipients');
  for (const walletType of ['all', 'btc', undefined]) {
    await sdk.refused('Wallet.sendPayment', [{ ...payment, walletType }], 400, 'walletType');
  }
  await sdk.refused('Wallet.sendPayment', [{ ...payment, recipientAddress: '' }], 400, 'recipientAddress');

  await sdk.refused('Wallet.getTransactionStatus', [UNKNOWN], 404, 'transaction');
  await sdk.refused('Wallet.getSubWallet', [UNKNOWN], 404, 'sub wallet');
  await sdk.refused('Wallet.deleteSubWallet', [UNKNOWN], 404, 'sub wallet');
  await sdk.refused('Wallet.sendFunds', [UNKNOWN, payment], 404, 'sub wallet');
  // A custom name, as in the vendor's documentation.
  const named = { subWalletUuid: 'custom-uuid-123', walletType: CHAIN };
  await sdk.refused('Wallet.createNewSubWallet', [named], 404, 'sub wallet');
  const sub = await subWallet(sdk);
  const again = { subWalletUuid: sub.uuid, walletType: CHAIN };
  await sdk.refused('Wallet.createNewSubWallet', [again], 409, CHAIN);
  await sdk.refused('Wallet.createNewSubWallet', [{ ...again, walletType: 'all' }], 400, 'walletType');
  await sdk.refused('Wallet.sendFunds', [sub.uuid, payment], 400, 'Not enough balance');
  await sdk.refused('Wallet.sendFunds', [sub.uuid, { ...payment, walletType: 'sui' }], 400, 'no wallet on sui');
  await sdk.answers('Wallet.deleteSubWallet', [sub.uuid], {});
  report.equal('nothing has moved', await balance(sdk), start);
}
