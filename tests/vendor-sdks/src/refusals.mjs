// Tests every call of both SDKs with every invalid credential: each must be rejected with 401 and a
// reason.

import { backend, frontend, refusal } from './calls.mjs';
import { PayoutAPI } from './packages.mjs';
import { invoice, link, RECIPIENT, recurring, saved, SHOP, UNKNOWN, verified } from './payloads.mjs';
import { wire } from './wire.mjs';

const UNKNOWN_KEY = 'Mileston_TEST_fake0123456789';
const UNKNOWN_CHECKOUT_KEY = 'Mileston_TEST_CHECKOUTKEY_fake0123456789';
const NO_HEADER = 'The header is missing';

const PAYMENT = { amount: '1', recipientAddress: RECIPIENT, walletType: 'base' };

/** A call to each method. The calls are valid except for their credentials. */
const BACKEND = {
  'PaymentLink.create': [link()],
  'PaymentLink.get': [UNKNOWN],
  'PaymentLink.getAll': [10],
  'PaymentLink.update': [{ paymentLinkId: UNKNOWN, amount: '1' }],
  'PaymentLink.delete': [UNKNOWN],
  'Invoice.create': [SHOP, invoice()],
  'Invoice.get': [UNKNOWN],
  'Invoice.getAll': [10],
  'Invoice.update': [{ invoiceId: UNKNOWN, amount: '1' }],
  'Invoice.delete': [UNKNOWN],
  'RecurringPayment.create': [SHOP, recurring()],
  'RecurringPayment.get': [UNKNOWN],
  'RecurringPayment.getAll': [10],
  'RecurringPayment.update': [{ recurringPaymentId: UNKNOWN, amount: '1' }],
  'RecurringPayment.delete': [UNKNOWN],
  'Wallet.sendPayment': [PAYMENT],
  'Wallet.createSubWallet': [],
  'Wallet.createNewSubWallet': [{ subWalletUuid: UNKNOWN, walletType: 'base' }],
  'Wallet.getSubWallet': [UNKNOWN],
  'Wallet.getAllSubWallets': [],
  'Wallet.getAllWallets': [],
  'Wallet.sendFunds': [UNKNOWN, PAYMENT],
  'Wallet.deleteSubWallet': [UNKNOWN],
  'Wallet.batchPayment': [{ recipients: [RECIPIENT], amounts: ['1'], walletType: 'base' }],
  'Wallet.getTransactionStatus': [UNKNOWN],
};

const ON_RAMP = { amount: '1', recipientWalletAddress: RECIPIENT, chain: 'base' };
const ALL = ['payment-link', 'invoice', 'recurring'];
const FRONTEND = [
  ...ALL.map((paymentType) => ['fetchPayment', { paymentType, paymentId: UNKNOWN }]),
  ...ALL.map((type) => ['savePayment', { type, body: saved(UNKNOWN, '1', 'user') }]),
  ...ALL.map((type) => ['verifyPaymentWithWallet', { type, body: verified(UNKNOWN, '1', 'user', RECIPIENT) }]),
  ...['sui', 'evm', 'solana'].map((walletType) => ['getPaymentWallet', { walletType }]),
  ['fetchSubWallets', { subWalletUuid: UNKNOWN, env: 'test' }],
  ['getOnRampData', ON_RAMP],
  ['getOnRampPaymentStatus', { id: UNKNOWN, ...ON_RAMP }],
  ['getUserDetails', undefined],
];

/** The error that each of these two functions throws for any rejection. The SDK drops the reason. */
const MUTE = {
  getOnRampData: 'Failed to fetch onramp data',
  getOnRampPaymentStatus: 'Failed to fetch onramp payment status',
};
/** These functions check that there are a key and a business id before they send anything. */
const CHECKS_ITSELF = ['savePayment', 'fetchSubWallets', 'getUserDetails'];

export async function refusals(report, settings) {
  for (const [name, credentials, words] of backendCredentials(settings)) {
    const sdk = backend(report, credentials);
    await report.group(`backend SDK with ${name}`, async () => {
      for (const [method, args] of Object.entries(BACKEND)) await sdk.refused(method, args, 401, words);
    });
  }
  for (const [name, credentials, words] of walletCredentials(settings)) {
    const sdk = backend(report, credentials);
    await report.group(`wallets with ${name}`, async () => {
      const methods = Object.entries(BACKEND).filter(([method]) => method.startsWith('Wallet.'));
      for (const [method, args] of methods) await sdk.refused(method, args, 401, words);
    });
  }
  for (const [name, credentials, words] of frontendCredentials(settings)) {
    const sdk = frontend(report, credentials);
    await report.group(`checkout SDK with ${name}`, async () => {
      for (const [method, options] of FRONTEND) {
        const mistake = credentials.key === undefined || credentials.business === undefined;
        if (mistake && CHECKS_ITSELF.includes(method)) await sdk.notSent(method, [options], '');
        else await sdk.refused(method, [options], 401, MUTE[method] ?? words);
      }
    });
  }
  await report.group('the unexported payout call', () => payout(report, settings));
}

function backendCredentials(settings) {
  const { good, other, testOnly } = settings;
  return [
    ['a Checkout key', { ...good, key: settings.checkoutKey }, 'Checkout key'],
    ['a live Checkout key', { ...good, key: settings.liveCheckoutKey }, 'Checkout key'],
    ['a live key where there is no live mode', { ...testOnly, key: settings.liveNormalKey }, 'live'],
    ['the key of another sandbox', { ...testOnly, key: settings.normalKey }, 'not created'],
    ['an unknown key', { ...good, key: UNKNOWN_KEY }, 'not created'],
    ['the key of another business', { ...good, key: other.normalKey }, "doesn't belong to the business"],
    ['the id of another business', { ...good, business: other.business }, "doesn't belong to the business"],
    ['no key', { ...good, key: undefined }, NO_HEADER],
    ['an empty key', { ...good, key: '' }, 'apikey'],
    ['no business id', { ...good, business: undefined }, NO_HEADER],
    ['key and business id swapped', { ...good, key: good.business, business: good.key }, 'apikey'],
  ];
}

function walletCredentials({ good, other }) {
  return [
    ['no secret', { ...good, secret: undefined }, 'must be signed'],
    ['an empty secret', { ...good, secret: '' }, 'must be signed'],
    ['a wrong secret', { ...good, secret: 'fake-secret' }, "doesn't match"],
    ['the secret of another business', { ...good, secret: other.walletSecret }, "doesn't match"],
  ];
}

function frontendCredentials(settings) {
  const { good, other, testOnly } = settings;
  const own = { ...good, key: settings.checkoutKey };
  return [
    ['a Normal key', good, 'Normal key'],
    ['a live Normal key', { ...good, key: settings.liveNormalKey }, 'Normal key'],
    ['a live key where there is no live mode', { ...testOnly, key: settings.liveCheckoutKey }, 'live'],
    ['an unknown key', { ...good, key: UNKNOWN_CHECKOUT_KEY }, 'not created'],
    ['the key of another business', { ...good, key: other.checkoutKey }, "doesn't belong to the business"],
    ['the id of another business', { ...own, business: other.business }, "doesn't belong to the business"],
    ['no key', { ...own, key: undefined }, 'apikey'],
    // The SDK sends the string `undefined`, which isn't an existing id.
    ['no business id', { ...own, business: undefined }, "doesn't belong to the business"],
  ];
}

/** Checks that this unsigned call doesn't move money. */
async function payout(report, { good }) {
  const api = new PayoutAPI(good.key, good.business);
  api.client.defaults.baseURL = good.origin;
  const said = await refusal(() => api.sendPayment(PAYMENT));
  report.equal('its status', wire.status, 401);
  report.holds('its message', said?.includes('must be signed'), said);
}
