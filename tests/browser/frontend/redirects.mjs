// Tests that redirects are never followed, so that no key is sent to a different host.

import { holds, same } from '../lib/expect.mjs';
import { LINK, json } from './server.mjs';

export async function a_redirect_does_not_send_the_key_to_a_second_origin(visit) {
  const page = await visit.open();
  const second = await visit.server((_, response) => json(response, 200, LINK));
  for (const status of [301, 302, 303, 307, 308]) {
    const first = await visit.server((_, response) => {
      response.writeHead(status, { location: `${second.url}/elsewhere` }).end();
    });
    for (const [name, outcome] of [['fetch_link', 'Refused'], ['save_payment', 'Unknown']]) {
      const failed = await visit.call(page, name, visit.at(first.url), 'link-1', 10_000);
      const found = [failed.kind, failed.outcome, failed.attempts];
      same(found, ['Redirected(None)', outcome, 1], `${status}: ${JSON.stringify(failed)}`);
      holds(failed.text.includes('redirects are never followed'), failed.text);
    }
    same(first.requests.length, 2);
  }
  same([second.requests.length, second.preflights.length], [0, 0], 'the second origin gets no request');
}

export async function a_redirect_to_the_same_origin_is_not_followed(visit) {
  const page = await visit.open();
  const server = await visit.server((request, response) => {
    if (request.url === '/elsewhere') return json(response, 200, LINK);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', 10_000);
  same(failed.kind, 'Redirected(None)', JSON.stringify(failed));
  same(server.requests.length, 1);
}
