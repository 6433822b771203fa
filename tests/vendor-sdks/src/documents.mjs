// What the vendor documents and its SDKs do not ask for: the status of a service, and what is posted to an endpoint.

import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { open } from '../preload.mjs';
import { record, recorded } from './types/recorded.mjs';

const EVENTS = ['invoice-paid', 'paymentlink-paid', 'recurring-paid'];
const PATIENCE = 5_000;

/** Listens as the endpoint of the business from now on: payments that others make are told to it. */
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
    if (registered.status !== 201) throw new Error(`no webhook: ${await registered.text()}`);
    return documents;
  }

  /** Asks for the status, waits until there was one of each event, and listens no more. */
  async read(report) {
    await report.group("the vendor's documents", async () => {
      record('status', await (await open(`${this.#origin}/status`)).json());
      const told = () => new Set((recorded.get('webhook') ?? []).map(({ event }) => event));
      for (const end = Date.now() + PATIENCE; told().size < EVENTS.length && Date.now() < end; ) await sleep(10);
      report.equal('each event was told', [...told()].sort(), EVENTS);
    });
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
