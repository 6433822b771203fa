// Calls methods of both SDKs by name, as a user does.

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

/** Returns the backend SDK with these credentials. Its base addresses are static fields that the constructors read. */
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

/** Records the complete body of a rejection, because the SDK keeps only its `message`. Then throws the error again. */
function keepRefusal(error) {
  if (error.response) record('refusal', error.response.data);
  throw error;
}

/** For each function of the checkout SDK: builds its arguments, including the credentials. */
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

/** Returns the checkout SDK's functions with these credentials. */
export function frontend(report, { origin, key, business }) {
  return asked(report, (name, args) => {
    sandbox.origin = origin;
    return client[name](...WITH_CREDENTIALS[name](key, business, ...args));
  });
}

function asked(report, call) {
  return {
    /** Checks that the call succeeds and its response has these fields. */
    async answers(name, args, expected) {
      const answer = await call(name, args);
      report.exercised.add(name);
      record(name, answer, args[0]?.paymentType);
      report.matches(name, answer, expected);
      const { statusCode = wire.status } = answer;
      report.holds(`${name}: the HTTP status equals the body's`, wire.status === statusCode && statusCode < 300, wire.status);
      return answer;
    },

    /** Checks that the sandbox rejects the call with this status, and that the error that the user sees contains these words. */
    async refused(name, args, status, words) {
      const before = wire.sent;
      const said = await refusal(() => call(name, args));
      const found = { said, status: wire.sent === before ? 'not sent' : wire.status };
      report.holds(`${name} is rejected with ${status}, "${words}"`, found.status === status && said?.includes(words), found);
    },

    /** Checks that the SDK rejects the call without sending it. */
    async notSent(name, args, words) {
      const before = wire.sent;
      const said = await refusal(() => call(name, args));
      const found = { said, sent: wire.sent - before };
      report.holds(`${name} is not sent, "${words}"`, found.sent === 0 && said?.includes(words), found);
    },
  };
}

/** Returns the message of the error, if there is one. */
export async function refusal(call) {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error.message;
  }
}
