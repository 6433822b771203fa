// This module is loaded before the JavaScript in docs/migration.md, which is written for the real platform. It points
// both SDKs at the test's server, and defines a function that reports the number of the next code block to that server.

import { request } from 'node:http';

import { sandbox } from './preload.mjs';
import { payments } from './src/packages.mjs';

const origin = process.env.MILESTON_URL;
sandbox.origin = origin;
const PATHS = {
  PaymentLink: '/payment-link',
  Invoice: '/invoice',
  RecurringPayment: '/recurring-payment',
  Wallet: '/user',
};
for (const [name, path] of Object.entries(PATHS)) payments[name].defaultBaseURL = origin + path;

globalThis.at = (number) =>
  new Promise((resolve, reject) => {
    const report = request(`${origin}/at/${number}`, { method: 'POST', agent: false }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    report.on('error', reject);
    report.end();
  });
