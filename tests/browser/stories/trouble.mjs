// Tests failures, and the messages about them.

import { holds, same } from '../lib/expect.mjs';

const HTML = '<script>window.bad=1</script><img src=x onerror="window.bad=1"><b>"\'&amp;';

// Untrusted text is displayed unchanged.
export async function html_in_every_field_is_text(visitor, sandbox) {
  const email = '"<b>x</b>"@example.com'.replaceAll(' ', '');
  const cases = [
    ['payment-link', { title: HTML, description: HTML, redirectUrl: 'javascript:window.bad=1', logoUrl: 'https://elsewhere.example/a.png', bannerUrl: HTML }, 2],
    ['invoice', { itemName: HTML, customerEmail: email }, 1],
    ['recurring-payment', { subscriptionName: HTML, subscriberFullName: HTML, subscriberEmail: email }, 1],
  ];
  for (const [kind, fields, times] of cases) {
    const { page } = await sandbox.create(kind, fields);
    await visitor.open(page);
    await visitor.page.getByRole('heading', { name: 'window.bad' }).waitFor();
    const text = await visitor.page.locator('#due').innerText();
    holds(text.split(HTML).length - 1 >= times, `${kind}: ${text}`);
    same(await visitor.page.locator('#due :is(script, img, b)').count(), 0, kind);
    await visitor.pick('Base');
    await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
    await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
    same(await visitor.page.locator('#back').isVisible(), false, 'a script address is not offered as the way back to the shop');
    same(await visitor.page.evaluate(() => window.bad), undefined, kind);
  }
}

export async function an_unknown_id_has_its_own_page(visitor, sandbox) {
  for (const kind of ['payment-link', 'invoice', 'recurring-payment']) {
    for (const id of ['x', '%3Cscript%3E', 'a%2Fb']) {
      same((await visitor.open(`${sandbox.url}/${kind}/${id}`)).status(), 404, `${kind} ${id}`);
      await visitor.page.getByRole('heading', { name: 'There is nothing to pay here' }).waitFor();
    }
  }
  visitor.expectComplaint(/status of 404/);
}

// If the link was deleted while the page was open, the API's message is shown.
export async function a_rejection_is_shown_with_the_message_of_the_api(visitor, sandbox) {
  const { id, page } = await sandbox.create('payment-link');
  await visitor.open(page);
  await visitor.pick('Base');
  same((await sandbox.delete('payment-link', id)).status, 200, 'deleted');
  await visitor.page.getByRole('button', { name: 'Pay as a test payer' }).click();
  const alert = visitor.page.getByRole('alert');
  await alert.waitFor();
  holds((await alert.innerText()).includes('no payment link with this id'), 'the API\'s message');
  same(await visitor.page.evaluate(() => document.activeElement.id), 'pay', 'the focus stays');
  visitor.expectComplaint(/status of 404/);
}

// If the response to a report is lost, and the payer clicks again, the page sends the same report
// again. The two reports count as one payment.
export async function a_lost_response_does_not_cause_a_second_payment(visitor, sandbox) {
  const { id, page } = await sandbox.create('invoice');
  const sent = [];
  await visitor.page.route('**/save-payment/**', async (route) => {
    sent.push(route.request().postData());
    if (sent.length > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await visitor.open(page);
  await visitor.pick('Sui');
  const pay = visitor.page.getByRole('button', { name: 'Pay as a test payer' });
  await pay.click();
  await visitor.page.getByRole('alert').waitFor();
  same((await sandbox.fetch('invoice', id)).status, 'paid', 'the first report was saved');
  await pay.click();
  await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor();
  same(sent.length, 2, 'two attempts');
  same(sent[0], sent[1], 'the same report');
  visitor.expectComplaint(/ERR_FAILED/);
}

// If loading fails, the page shows the error, but not the buttons, because they wouldn't work.
export async function a_page_that_cannot_load_shows_the_error(visitor, sandbox) {
  const { page } = await sandbox.create('payment-link');
  await visitor.page.route('**/checkout/data/**', (route) => route.fulfill({
    status: 500, json: { message: ['One thing', 'Another'], error: 'Internal Server Error', statusCode: 500 },
  }));
  await visitor.open(page);
  const alert = visitor.page.getByRole('alert');
  await alert.waitFor();
  same(await alert.innerText(), 'One thing. Another', 'the API\'s complete message');
  same(await visitor.page.getByRole('button').count(), 0, 'no button');
  visitor.expectComplaint(/status of 500/);
}
