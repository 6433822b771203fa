// Tests documented parts of the platform that the vendor's SDKs don't use: the status of a service,
// and webhooks.

import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { open } from '../preload.mjs';
import { record, recorded } from './types/recorded.mjs';

const EVENTS = ['invoice-paid', 'paymentlink-paid', 'recurring-paid'];
const PATIENCE = 5_000;

/** The business's endpoint, which receives webhooks about all payments. */
export class Documents {
  #origin;
  #server;

  static async open(origin) {
    const documents = new Documents();
    documents.#origin = origin;
    documents.#server = createServer(async (request, response) => {
      record('webhook', await json(request));
      response.end();
    });
    await new Promise((resolve) => documents.#server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${documents.#server.address().port}/`;
    const headers = { 'mileston-sandbox': 'test', 'content-type': 'application/json' };
    const body = JSON.stringify({ url, token: 'fake-webhook-token' });
    const registered = await open(`${origin}/_sandbox/webhooks`, { method: 'POST', headers, body });
    if (registered.status !== 201) throw new Error(`registering a webhook failed: ${await registered.text()}`);
    return documents;
  }

  /** Requests the status, waits until each event has arrived, and closes the endpoint. */
  async read(report) {
    await report.group("the vendor's documents", async () => {
      record('status', await (await open(`${this.#origin}/status`)).json());
      const received = () => new Set((recorded.get('webhook') ?? []).map(({ event }) => event));
      for (const end = Date.now() + PATIENCE; received().size < EVENTS.length && Date.now() < end; ) await sleep(10);
      report.equal('each event was received', [...received()].sort(), EVENTS);
    });
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
