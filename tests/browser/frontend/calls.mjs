// Tests calls that succeed, are rejected, get no response, or end before a response.

import { holds, same, until } from '../lib/expect.mjs';
import { LINK, json } from './server.mjs';

const LONG = 20_000;

export async function a_link_is_read_from_a_different_origin(visit, sandbox, { url }) {
  const page = await visit.open();
  const { id } = await sandbox.create('payment-link');
  const read = await visit.call(page, 'fetch_link', visit.at(url), id, LONG);
  same([read.status, read.value.paymentData?.title], [200, 'Coffee beans'], JSON.stringify(read));
  holds(read.headers.includes('content-type'), JSON.stringify(read.headers));
}

export async function a_rejection_is_read_from_a_different_origin(visit, sandbox, { url }) {
  const page = await visit.open();
  const read = await visit.call(page, 'fetch_link', visit.at(url), 'not-there', LONG);
  same([read.kind, read.outcome], ['Refused(404)', 'Refused'], JSON.stringify(read));
}

export async function a_write_is_sent_once_with_its_body(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => json(response, 201, { statusCode: 201, message: 'saved' }));
  const saved = await visit.call(page, 'save_payment', visit.at(server.url), 'link-1', LONG);
  same(saved.status, 201, JSON.stringify(saved));
  same(server.requests.length, 1);
  const body = JSON.parse(server.requests[0].body);
  same([body.paymentLinkId, body.amount, body.env], ['link-1', '1.00', 'test']);
}

export async function only_what_the_api_needs_is_sent(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => {
    json(response, 200, LINK, { 'set-cookie': 'a=b; Path=/', 'cache-control': 'public, max-age=3600' });
  });
  for (let round = 0; round < 2; round += 1) {
    const read = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
    same(read.status, 200, JSON.stringify(read));
  }
  same(server.requests.length, 2, 'no response is from the cache');
  for (const { headers } of server.requests) {
    same([headers.cookie, headers.referer, headers['api-version']], [undefined, undefined, undefined]);
    same(headers.apikey === visit.settings.checkoutKey, true, 'the Checkout key');
    same([headers.accept, headers.businessid], ['application/json', visit.settings.businessId]);
  }
}

export async function without_cors_headers_nothing_is_sent_and_nothing_is_retried(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => json(response, 200, LINK), { cors: false });
  for (const name of ['fetch_link', 'save_payment']) {
    const failed = await visit.call(page, name, visit.at(server.url), 'link-1', LONG);
    same([failed.kind, failed.outcome, failed.attempts], ['NoResponse', 'Unknown', 1], JSON.stringify(failed));
    holds(failed.text.includes("browsers don't report the reason"), failed.text);
    holds(failed.text.includes('CORS'), failed.text);
  }
  same([server.requests.length, server.preflights.length], [0, 2]);
}

export async function a_write_has_an_unknown_outcome_if_the_page_may_not_read_the_response(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => {
    response.removeHeader('access-control-allow-origin');
    json(response, 201, { statusCode: 201 });
  });
  const failed = await visit.call(page, 'save_payment', visit.at(server.url), 'link-1', LONG);
  same([failed.kind, failed.outcome, failed.attempts], ['NoResponse', 'Unknown', 1], JSON.stringify(failed));
  holds(failed.text.includes('the request may have been executed: check before retrying'), failed.text);
  same(server.requests.length, 1, 'it was executed, and not sent again');
}

export async function without_a_network_there_is_no_response(visit, _, { url }) {
  const page = await visit.open();
  await visit.context.setOffline(true);
  try {
    for (const name of ['fetch_link', 'save_payment']) {
      const failed = await visit.call(page, name, visit.at(url), 'link-1', LONG);
      same([failed.kind, failed.outcome, failed.attempts], ['NoResponse', 'Unknown', 1], JSON.stringify(failed));
      holds(failed.text.includes('the browser may be offline'), failed.text);
    }
  } finally {
    await visit.context.setOffline(false);
  }
  const server = await visit.server((_, response) => json(response, 200, LINK));
  same((await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG)).status, 200, 'online again');
}

export async function without_a_server_there_is_no_response(visit) {
  const page = await visit.open();
  const server = await visit.server(() => {});
  await server.stop();
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same([failed.kind, failed.outcome, failed.attempts], ['NoResponse', 'Unknown', 1], JSON.stringify(failed));
}

export async function a_call_to_a_slow_server_ends_at_the_deadline(visit) {
  const page = await visit.open();
  const server = await visit.server(() => {});
  const failed = await visit.call(page, 'save_payment', visit.at(server.url), 'link-1', 400);
  same([failed.kind, failed.outcome], ['Timeout', 'Unknown'], JSON.stringify(failed));
  holds(failed.milliseconds >= 390 && failed.milliseconds < 3000, `${failed.milliseconds} ms`);
  await until(() => server.aborted === 1, 'the request is aborted');
  same(server.requests.length, 1);
}

export async function a_call_that_is_dropped_is_aborted(visit) {
  const page = await visit.open();
  const server = await visit.server(() => {});
  const dropped = await visit.call(page, 'drop_call', visit.at(server.url), 'link-1', 300);
  same(dropped.dropped, true, JSON.stringify(dropped));
  await until(() => server.aborted === 1, 'the request is aborted');
}

export async function a_header_that_browsers_drop_is_an_error(visit, sandbox, { url }) {
  const page = await visit.open();
  const { id } = await sandbox.create('payment-link');
  const failed = await visit.call(page, 'fetch_link_with_origin', visit.at(url), id, 'https://shop.example');
  same([failed.kind, failed.outcome], ['InvalidArgument', 'NotSent'], JSON.stringify(failed));
  holds(failed.text.includes("a header that browsers don't allow a page to set"), failed.text);
}
