// Calls the sandbox as a backend does, so that the Normal key never gets into a page.

import assert from 'node:assert/strict';

export const KINDS = {
  'payment-link': {
    create: '/payment-link/create', data: 'paymentData', id: 'paymentLinkId', link: 'paymentLink', word: 'paymentlink',
    body: { amount: '12.50', title: 'Coffee beans', description: 'Two bags, roasted on Monday.' },
  },
  invoice: {
    create: '/invoice/create?businessName=Shop', data: 'invoiceData', id: 'invoiceId', link: 'invoiceLink',
    word: 'invoice',
    body: { amount: '99', itemName: 'A chair', customerEmail: 'ada@example.com', dueDate: '2031-01-31T00:00:00.000Z' },
  },
  'recurring-payment': {
    create: '/recurring-payment/create?businessName=Shop', data: 'recurringPaymentData', id: 'recurringPaymentId',
    word: 'recurring',
    body: {
      amount: '5.00', subscriptionName: 'Newsletter', subscriberFullName: 'Ada Lovelace',
      subscriberEmail: 'ada@example.com', recurringDate: '2031-01-31T00:00:00.000Z', recurringInterval: 30,
    },
  },
};

export class Sandbox {
  constructor({ url, businessId, normalKey, checkoutKey, liveNormalKey }) {
    Object.assign(this, { url, businessId, normalKey, checkoutKey, liveNormalKey });
  }

  async call(key, method, path, body) {
    const headers = { apikey: key, businessid: this.businessId, 'Content-Type': 'application/json' };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, json: await answer.json() };
  }

  // Creates a payable record: a payment link, an invoice or a recurring payment. Returns the record's id and its
  // page's URL. The response for a recurring payment has no URL, so that URL is built from the id.
  async create(kind, fields = {}, key = this.normalKey) {
    const { create, data, id, link, body } = KINDS[kind];
    const { status, json } = await this.call(key, 'POST', create, { ...body, ...fields });
    assert.equal(status, 201, JSON.stringify(json));
    const made = json[data][id];
    return { id: made, page: link ? json[link] : `${this.url}/${kind}/${made}` };
  }

  // Fetches a payable record, as a checkout page does.
  async fetch(kind, id) {
    const { word, data } = KINDS[kind];
    const { json } = await this.call(this.checkoutKey, 'GET', `/checkout/data/${word}.get/${id}`);
    return json[data];
  }

  // Asks whether a payable record was paid into the recipient's wallet.
  verify(kind, id, { amount, chain, recipient }) {
    const evm = ['sui', 'solana'].includes(chain) ? {} : { evmChain: chain, walletAddress: recipient };
    return this.call(this.checkoutKey, 'POST', `/checkout/verify-payment/${KINDS[kind].word}.save`, {
      paymentLinkId: id, publicKey: recipient, amount, recipientWalletAddress: recipient, chain, env: 'test',
      userUUID: this.businessId, token: 'USDC', ...evm,
    });
  }

  // Reports a payment that someone else made, outside of the page.
  save(kind, id, amount) {
    return this.call(this.checkoutKey, 'POST', `/checkout/save-payment/${KINDS[kind].word}.save`, {
      paymentLinkId: id, payer: '0xelsewhere', recipientWalletAddress: '0xrecipient', amount, userUUID: this.businessId,
      transactionSignature: `elsewhere-${id}`, chain: 'sui', env: 'test',
    });
  }

  delete(kind, id) {
    return this.call(this.normalKey, 'DELETE', `/${kind}/delete/${id}`);
  }
}
