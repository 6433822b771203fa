// A developer registers an endpoint, gets paid, and looks at the deliveries.

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { holds, same } from '../lib/expect.mjs';
import { judge } from '../lib/judge.mjs';

// Starts an endpoint that records the requests it receives. It responds to the first with an error.
async function endpoint() {
  const got = [];
  const server = createServer(async (request, response) => {
    got.push({ token: request.headers['x-webhook-signature'], body: JSON.parse(await text(request)) });
    response.writeHead(got.length === 1 ? 503 : 200).end(got.length === 1 ? 'later' : 'thanks');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { got, server, url: `http://127.0.0.1:${server.address().port}/mileston` };
}

// An endpoint is registered with a form, and its token is shown once. The webhook about a payment is delivered to the
// endpoint on the second attempt, and sent again after a click.
export async function an_endpoint_is_notified_of_a_payment(visitor, sandbox) {
  const { page } = visitor;
  const { got, server, url } = await endpoint();
  await visitor.open(`${sandbox.url}/webhooks`);
  await page.getByText('No webhook is registered yet').waitFor();
  await judge(visitor, 'webhooks-none');
  await page.getByRole('main').getByRole('link', { name: 'Developers' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill(url);
  await page.getByRole('checkbox', { name: 'recurring-paid' }).uncheck();
  await page.getByRole('button', { name: 'Register for test payments' }).click();
  const token = await page.locator('#verification').textContent();
  await judge(visitor, 'webhooks-registered');
  await page.reload();
  await page.getByText('The verification token was already shown once').waitFor();
  holds(!(await page.content()).includes(token), 'it is shown only once');

  await page.goto(`${sandbox.url}/webhooks`);
  await page.getByText('No deliveries yet').waitFor();
  const { id } = await sandbox.create('invoice');
  await sandbox.save('invoice', id, '99');
  const delivery = page.getByRole('listitem').filter({ hasText: 'invoice-paid' });
  await delivery.getByText('Delivered').waitFor();
  same(got.map(({ token: sent }) => sent), [token, token], 'each delivery has the shown token');
  same(got[1].body.payload.paymentLinkId, id, 'it names the paid invoice');
  await delivery.locator('summary').click();
  same(await delivery.locator('td[data-label=Response]').allTextContents(), ['later', 'thanks'], 'both attempts');
  await judge(visitor, 'webhooks-delivered');
  await delivery.getByRole('button', { name: 'Send again' }).focus();
  const later = await sandbox.create('payment-link');
  await sandbox.save('payment-link', later.id, '12.50');
  await page.getByRole('listitem').filter({ hasText: 'paymentlink-paid' }).waitFor();
  same(await page.evaluate(() => document.activeElement.textContent), 'Send again', 'the focus does not move');
  await delivery.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('3 attempts').waitFor();
  const invoices = got.filter(({ body }) => body.event === 'invoice-paid');
  same(invoices.map(({ body }) => body), Array(3).fill(got[1].body), 'the same body again');

  await page.goto(sandbox.url);
  const row = page.getByRole('region', { name: 'Webhooks' }).getByRole('listitem').filter({ hasText: url });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Remove this webhook' }).click();
  await page.getByText(url).waitFor({ state: 'detached' });
  server.close();
}
