// Calls of either SDK as a user writes them, by the method's name.

import { sandbox } from '../preload.mjs';
import { client, payments } from './packages.mjs';
import { record } from './types/recorded.mjs';
import { wire } from './wire.mjs';

const PATHS = {
  PaymentLink: '/payment-link',
  Invoice: '/invoice',
  RecurringPayment: '/recurring-payment',
  Wallet: '/user',
};

/** The backend SDK with these credentials: its base addresses are static fields that the constructors read. */
export function backend(report, { origin, key, business, secret }) {
  const instances = Object.fromEntries(
    Object.entries(PATHS).map(([name, path]) => {
      payments[name].defaultBaseURL = origin + path;
      const instance = new payments[name](key, business, secret);
      instance.client.interceptors.response.use(undefined, keepRefusal);
      return [name, instance];
    }),
  );
  return asked(report, (name, args) => {
    const [type, method] = name.split('.');
    return instances[type][method](...args);
  });
}

/** The SDK drops all of the body but `message`; it goes on as if nobody had looked. */
function keepRefusal(error) {
  if (error.response) record('refusal', error.response.data);
  throw error;
}

/** How the checkout SDK's functions want their credentials. */
const WITH_CREDENTIALS = {
  fetchPayment: (apikey, businessid, options) => [{ apikey, businessid, ...options }],
  savePayment: (apikey, businessid, options) => [{ apikey, businessid, ...options }],
  verifyPaymentWithWallet: (apikey, businessid, options) => [{ apikey, businessid, ...options }],
  getPaymentWallet: (apikey, businessid, options) => [{ apikey, businessid, ...options }],
  fetchSubWallets: (apikey, businessid, options) => [{ apikey, businessid, ...options }],
  getOnRampData: (apikey, businessid, params) => [params, apikey, businessid],
  getOnRampPaymentStatus: (apikey, businessid, params) => [params, apikey, businessid],
  getUserDetails: (apikey, businessid, path) => [apikey, businessid, path],
};

/** The checkout SDK's functions with these credentials. */
export function frontend(report, { origin, key, business }) {
  return asked(report, (name, args) => {
    sandbox.origin = origin;
    return client[name](...WITH_CREDENTIALS[name](key, business, ...args));
  });
}

function asked(report, call) {
  return {
    /** It answers, and what it answers has these fields. */
    async answers(name, args, expected) {
      const answer = await call(name, args);
      report.exercised.add(name);
      record(name, answer, args[0]?.paymentType);
      report.matches(name, answer, expected);
      const { statusCode = wire.status } = answer;
      report.holds(`${name}: status of HTTP and body`, wire.status === statusCode && statusCode < 300, wire.status);
      return answer;
    },

    /** The sandbox refuses it with this status, and the user reads these words. */
    async refused(name, args, status, words) {
      const before = wire.sent;
      const said = await refusal(() => call(name, args));
      const found = { said, status: wire.sent === before ? 'not sent' : wire.status };
      report.holds(`${name} is refused with ${status}, "${words}"`, found.status === status && said?.includes(words), found);
    },

    /** The SDK refuses it by itself. */
    async notSent(name, args, words) {
      const before = wire.sent;
      const said = await refusal(() => call(name, args));
      const found = { said, sent: wire.sent - before };
      report.holds(`${name} is not sent, "${words}"`, found.sent === 0 && said?.includes(words), found);
    },
  };
}

/** What the error says; nothing if there is none. */
export async function refusal(call) {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error.message;
  }
}
