// A server that records the requests it receives. Its origin differs from the page's. Without `cors`, browsers don't
// let the page read the server's responses.

import { createServer } from 'node:http';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
  'access-control-max-age': '0',
};

export class Server {
  // Calls `respond(request, response, server)` for each request except preflights, which the server handles itself.
  static async start(respond, { cors = true } = {}) {
    const server = new Server();
    server.requests = [];
    server.preflights = [];
    server.aborted = 0;
    server.sent = 0;
    server.http = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      response.on('close', () => (server.aborted += response.writableFinished ? 0 : 1));
      if (cors) for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
      if (request.method === 'OPTIONS') {
        server.preflights.push(request);
        response.writeHead(cors ? 204 : 405).end();
        return;
      }
      request.on('end', () => {
        const { method, url, headers } = request;
        server.requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        respond(request, response, server);
      });
    });
    await new Promise((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${server.http.address().port}`;
    return server;
  }

  async stop() {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}

export function json(response, status, value, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

export const LINK = { statusCode: 200, paymentData: { paymentLinkId: 'link-1', title: 'Coffee', amount: '1.50' } };
