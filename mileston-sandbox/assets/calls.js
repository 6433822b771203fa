// The API calls of the checkout page: to this sandbox only, with the Checkout key.

// The API rejected the request.
export class Refused extends Error {}

// There was no readable response. Whether the request was executed is unknown.
export class Unanswered extends Error {
  constructor() {
    super('No response from the sandbox. Is it still running?');
  }
}

const DATA = { paymentlink: 'paymentData', invoice: 'invoiceData', recurring: 'recurringPaymentData' };
const NATIVE = ['ETH', 'POL', 'AVAX', 'SOL'];

// `base` is the path under which the sandbox is reached.
export function callsOf({ base, kind, id, mode, business, key }) {
  const headers = { apikey: key, businessid: business, 'Content-Type': 'application/json' };

  async function call(path, body) {
    const method = body ? 'POST' : 'GET';
    const options = { method, headers, credentials: 'omit', redirect: 'error' };
    if (body) options.body = JSON.stringify(body);
    let answer, json;
    try {
      answer = await fetch(base + path, options);
      json = await answer.json();
    } catch {
      throw new Unanswered();
    }
    if (!answer.ok) throw new Refused([json.message].flat().join('. '));
    return json;
  }

  const native = (token) => (NATIVE.includes(token) ? `?nativeTokens=${token}` : '');

  return {
    // Returns the record to pay, with its amount.
    async due() {
      const answer = await call(`/checkout/data/${kind}.get/${encodeURIComponent(id)}`);
      return answer[DATA[kind]];
    },

    // Returns the wallet to pay to.
    async wallet(chain) {
      const own = ['sui', 'solana'].includes(chain);
      const path = own ? chain : `evm?evmChain=${chain}&env=${mode}`;
      return (await call(`/checkout/payment-wallet/${path}`)).publicKey;
    },

    // Reports a transaction, as the payer's browser does. The same report counts only once.
    async save({ amount, chain, token, recipient, payer, transaction }) {
      await call(`/checkout/save-payment/${kind}.save${native(token)}`, {
        paymentLinkId: id, payer, recipientWalletAddress: recipient, amount, userUUID: business,
        transactionSignature: transaction, feeSignature: transaction, chain, env: mode,
      });
    },

    // Returns whether the record was paid through the wallet.
    async verify({ amount, chain, token, recipient, wallet }) {
      const evm = ['sui', 'solana'].includes(chain) ? {} : { evmChain: chain, walletAddress: wallet };
      try {
        await call(`/checkout/verify-payment/${kind}.save${native(token)}`, {
          paymentLinkId: id, publicKey: wallet, amount, recipientWalletAddress: recipient, chain,
          env: mode, userUUID: business, token, ...evm,
        });
      } catch (error) {
        if (error instanceof Refused && error.message === 'Still awaiting payment') return false;
        throw error;
      }
      return true;
    },
  };
}
