// The calls of the API that the checkout page makes: to this sandbox, with the Checkout key and nothing else.

// The API answered, and the answer is no.
export class Refused extends Error {}

// There was no answer that can be read. Whether the call was carried out is not known.
export class Unanswered extends Error {
  constructor() {
    super('The sandbox does not answer. Is it still running?');
  }
}

const DATA = { paymentlink: 'paymentData', invoice: 'invoiceData', recurring: 'recurringPaymentData' };
const NATIVE = ['ETH', 'POL', 'AVAX', 'SOL'];

export function callsOf({ kind, id, mode, business, key }) {
  const headers = { apikey: key, businessid: business, 'Content-Type': 'application/json' };

  async function call(path, body) {
    const method = body ? 'POST' : 'GET';
    const options = { method, headers, credentials: 'omit', redirect: 'error' };
    if (body) options.body = JSON.stringify(body);
    let answer, json;
    try {
      answer = await fetch(path, options);
      json = await answer.json();
    } catch {
      throw new Unanswered();
    }
    if (!answer.ok) throw new Refused([json.message].flat().join('. '));
    return json;
  }

  const native = (token) => (NATIVE.includes(token) ? `?nativeTokens=${token}` : '');

  return {
    // What is to be paid.
    async due() {
      const answer = await call(`/checkout/data/${kind}.get/${encodeURIComponent(id)}`);
      return answer[DATA[kind]];
    },

    // The wallet to pay to.
    async wallet(chain) {
      const own = ['sui', 'solana'].includes(chain);
      const path = own ? chain : `evm?evmChain=${chain}&env=${mode}`;
      return (await call(`/checkout/payment-wallet/${path}`)).publicKey;
    },

    // Reports a transaction, as the payer's browser does. The same report again counts once.
    async save({ amount, chain, token, recipient, payer, transaction }) {
      await call(`/checkout/save-payment/${kind}.save${native(token)}`, {
        paymentLinkId: id, payer, recipientWalletAddress: recipient, amount, userUUID: business,
        transactionSignature: transaction, feeSignature: transaction, chain, env: mode,
      });
    },

    // Asks whether it was paid through the wallet. False: not yet.
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
