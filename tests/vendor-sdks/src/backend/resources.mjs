// Tests the life cycles of payment links, invoices and recurring payments with the backend SDK.

import { asJson, BAD_AMOUNTS, invoice, link, recurring, SHOP, UNKNOWN } from '../payloads.mjs';

/** The three kinds of records: their field names, arguments before the payload, and fields that an update may change. */
export const RESOURCES = [
  {
    type: 'PaymentLink',
    word: 'payment-link',
    checkout: 'payment-link',
    data: 'paymentData',
    id: 'paymentLinkId',
    address: 'paymentLink',
    first: [],
    payload: link,
    change: { amount: '15', title: 'More coffee beans' },
  },
  {
    type: 'Invoice',
    word: 'invoice',
    checkout: 'invoice',
    data: 'invoiceData',
    id: 'invoiceId',
    address: 'invoiceLink',
    first: [SHOP],
    payload: invoice,
    change: { amount: '201', dueDate: new Date('2031-03-01T00:00:00.000Z') },
  },
  {
    type: 'RecurringPayment',
    word: 'recurring-payment',
    checkout: 'recurring',
    data: 'recurringPaymentData',
    id: 'recurringPaymentId',
    first: [SHOP],
    payload: recurring,
    change: { amount: '31', recurringInterval: 60 },
  },
];

export async function resources(report, sdk, settings) {
  for (const resource of RESOURCES) {
    await report.group(`life cycle of a ${resource.word}`, () => life(report, sdk, resource, settings));
    await report.group(`bad ${resource.word}`, () => mistakes(sdk, resource));
  }
}

async function life(report, sdk, { type, word, data, id, address, first, payload, change }, { origin }) {
  const older = await sdk.answers(`${type}.create`, [...first, payload()], { statusCode: 201 });
  const made = await sdk.answers(`${type}.create`, [...first, payload()], {
    statusCode: 201,
    [data]: asJson(payload()),
  });
  const own = made[data][id];
  report.holds('an id', typeof own === 'string' && own !== '' && own !== older[data][id], own);
  if (address) report.equal('its address', made[address], `${origin}/${word}/${own}`);

  await sdk.answers(`${type}.get`, [own], { statusCode: 200, [data]: made[data] });
  const newest = await sdk.answers(`${type}.getAll`, [2], { statusCode: 200 });
  report.equal('newest first', newest[data], [made[data], older[data]]);
  const one = await sdk.answers(`${type}.getAll`, [1], {});
  report.equal('the requested number', one[data], [made[data]]);
  // Without an argument, the SDK sends `limit=undefined`, which the sandbox rejects.
  await sdk.refused(`${type}.getAll`, [], 400, 'limit');

  const expected = { ...made[data], ...asJson(change) };
  await sdk.answers(`${type}.update`, [{ [id]: own, ...change }], { statusCode: 200, [data]: expected });
  await sdk.answers(`${type}.get`, [own], { [data]: expected });
  await sdk.answers(`${type}.get`, [older[data][id]], { [data]: older[data] });

  await sdk.answers(`${type}.delete`, [own], { statusCode: 200 });
  await sdk.refused(`${type}.get`, [own], 404, 'id');
  await sdk.refused(`${type}.update`, [{ [id]: own, ...change }], 404, 'id');
  await sdk.refused(`${type}.delete`, [own], 404, 'id');
  const rest = await sdk.answers(`${type}.getAll`, [1000], {});
  report.holds('no longer listed', rest[data].every((each) => each[id] !== own), rest[data].length);
}

async function mistakes(sdk, { type, id, first, payload }) {
  for (const amount of BAD_AMOUNTS) {
    await sdk.refused(`${type}.create`, [...first, payload(amount)], 400, 'amount');
  }
  await sdk.refused(`${type}.create`, [...first, {}], 400, 'amount');
  await sdk.refused(`${type}.create`, [...first, null], 400, 'amount');
  await sdk.refused(`${type}.get`, [UNKNOWN], 404, 'id');
  await sdk.refused(`${type}.delete`, [UNKNOWN], 404, 'id');
  await sdk.refused(`${type}.update`, [{ [id]: UNKNOWN, amount: '1' }], 404, 'id');
  await sdk.refused(`${type}.update`, [{ amount: '1' }], 400, id);
  // The vendor's documentation passes the id first. The SDK then drops the other arguments.
  await sdk.refused(`${type}.update`, [UNKNOWN, { amount: '1' }], 400, id);
  if (first.length > 0) {
    await sdk.refused(`${type}.create`, ['', payload()], 400, 'businessName');
    // The SDK pastes the name into the URL without escaping.
    for (const name of ['100% legit', '%', '%zz', '5%4', 'Zoë 100%', 'a+b']) {
      await sdk.answers(`${type}.create`, [name, payload()], { statusCode: 201 });
    }
  }
  if (type === 'RecurringPayment') {
    const { subscriptionName, ...example } = payload();
    await sdk.refused(`${type}.create`, [...first, example], 400, 'subscriptionName');
  }
}
