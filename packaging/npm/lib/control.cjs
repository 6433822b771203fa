// Sends the requests that control a sandbox.

'use strict';

const http = require('node:http');

/**
 * Sends a request to a path under `/_sandbox`, and returns the body of the response.
 *
 * This doesn't use `fetch`, because a test may have replaced `fetch`, and jsdom doesn't have it.
 */
exports.control = ({ url: origin, token }, method, path, body) =>
  new Promise((resolve, reject) => {
    const url = new URL(`/_sandbox/${path}`, origin);
    const text = body === undefined ? undefined : JSON.stringify(body);
    // Web pages can't send this header, so they can't control the sandbox. Without a token, any value works.
    const headers = { 'mileston-sandbox': token ?? 'npm' };
    if (text !== undefined) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(text);
    }
    // Without an agent, no connection stays open after the response.
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8');
        try {
          resolve(read(response.statusCode, said));
        } catch (error) {
          reject(new Error(`${method} /_sandbox/${path}: ${error.message}`));
        }
      });
    });
    request.on('error', (cause) => {
      reject(new Error(`cannot reach the sandbox at ${origin} (${cause.message}). Was it stopped?`, { cause }));
    });
    request.end(text);
  });

const read = (status, said) => {
  const body = said === '' ? undefined : JSON.parse(said);
  if (status < 400) return body;
  throw new Error(body?.message ?? `the sandbox responded with ${status}`);
};
