// Tests bodies that are too large, too slow, truncated or compressed.

import { gzipSync } from 'node:zlib';
import { holds, same, until } from '../lib/expect.mjs';
import { json } from './server.mjs';

const LONG = 20_000;
const CHUNK = Buffer.alloc(64 * 1024, 0x20);

// Sends `total` bytes as fast as the browser reads them, and counts them.
function flood(response, server, total) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (server.sent < total && !response.destroyed) {
      server.sent += CHUNK.length;
      if (!response.write(CHUNK)) return response.once('drain', more);
    }
    response.end('{}');
  };
  more();
}

export async function a_body_of_10_mb_is_too_large(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response, own) => flood(response, own, 10 << 20));
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same([failed.kind, failed.outcome], ['BodyTooLarge', 'Unknown'], JSON.stringify(failed));
}

export async function a_huge_body_is_not_read_to_its_end(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response, own) => flood(response, own, 1 << 30));
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same(failed.kind, 'BodyTooLarge', JSON.stringify(failed));
  await until(() => server.aborted === 1, 'the transfer is aborted');
  holds(server.sent < 64 << 20, `${server.sent >> 20} MiB were sent`);
}

export async function a_small_body_that_unpacks_to_a_huge_one_is_too_large(visit) {
  const page = await visit.open();
  const bomb = gzipSync(Buffer.alloc(64 << 20, 0x20));
  const server = await visit.server((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
  });
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same(failed.kind, 'BodyTooLarge', JSON.stringify(failed));
}

export async function a_slow_body_ends_at_the_deadline(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', 500);
  same([failed.kind, failed.outcome], ['Timeout', 'Unknown'], JSON.stringify(failed));
  await until(() => server.aborted === 1, 'the transfer is aborted');
}

export async function a_truncated_body_is_an_error(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"statusCode": 2');
    setTimeout(() => response.destroy(), 100);
  });
  const failed = await visit.call(page, 'save_payment', visit.at(server.url), 'link-1', LONG);
  same([failed.kind, failed.outcome, failed.attempts], ['BodyCut', 'Unknown', 1], JSON.stringify(failed));
  same(server.requests.length, 1);
}

export async function a_response_without_a_body_is_an_error(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => response.writeHead(204).end());
  const failed = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same(failed.kind, 'EmptyBody', JSON.stringify(failed));
}

export async function a_server_error_is_retried_as_on_other_targets(visit) {
  const page = await visit.open();
  const server = await visit.server((_, response) => json(response, 503, { message: 'down' }));
  const read = await visit.call(page, 'fetch_link', visit.at(server.url), 'link-1', LONG);
  same([read.kind, read.outcome, read.attempts], ['Failed(503)', 'Refused', 3], JSON.stringify(read));
  const write = await visit.call(page, 'save_payment', visit.at(server.url), 'link-1', LONG);
  same([write.kind, write.outcome, write.attempts], ['Failed(503)', 'Unknown', 1], JSON.stringify(write));
  same(server.requests.length, 4);
}
