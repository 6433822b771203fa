// The payloads for calls to the SDKs.

export const SHOP = 'Fake Shop';
export const RECIPIENT = '0x1111111111111111111111111111111111111111';
export const UNKNOWN = '00000000-0000-4000-8000-000000000000';
/** Invalid amounts: not positive, not a number, or a JavaScript number as on the vendor's first page. */
export const BAD_AMOUNTS = ['-1', '0', '', 'ten', '1e3', '1,50', 100, null];

export const link = (amount = '12.50') => ({
  amount,
  title: 'Coffee beans',
  description: 'Ein Kilo, <ganz> & "gemahlen" ☕',
  redirectUrl: 'https://shop.example/thanks',
  logoUrl: 'https://shop.example/logo.png',
  bannerUrl: 'https://shop.example/banner.png',
});

export const invoice = (amount = '200.00') => ({
  amount,
  itemName: 'Example service',
  customerEmail: 'customer@example.com',
  dueDate: new Date('2031-01-31T00:00:00.000Z'),
  addPdf: true,
});

export const recurring = (amount = '30') => ({
  amount,
  subscriptionName: 'Example plan',
  subscriberFullName: 'Zoë Example',
  subscriberEmail: 'subscriber@example.com',
  subscriberWalletAddress: RECIPIENT,
  recurringDate: new Date('2031-02-01T12:00:00.000Z'),
  recurringInterval: 30,
  currentPaymentStatus: 'unpaid',
  addPdf: false,
});

/** Returns a value after a round trip through JSON. */
export const asJson = (value) => JSON.parse(JSON.stringify(value));

let transactions = 0;

/** Returns a payment as a payer's browser reports it. */
export const saved = (paymentLinkId, amount, userUUID, more = {}) => ({
  paymentLinkId,
  payer: '0x2222222222222222222222222222222222222222',
  recipientWalletAddress: RECIPIENT,
  amount,
  userUUID,
  transactionSignature: `fake-transaction-${(transactions += 1)}`,
  chain: 'base',
  env: 'test',
  ...more,
});

/** Returns a request to verify that a payment has arrived in a wallet. */
export const verified = (paymentLinkId, amount, userUUID, publicKey, more = {}) => ({
  paymentLinkId,
  publicKey,
  amount,
  recipientWalletAddress: RECIPIENT,
  chain: 'base',
  env: 'test',
  userUUID,
  token: 'USDC',
  evmChain: 'base',
  walletAddress: publicKey,
  ...more,
});
