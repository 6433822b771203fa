// The two installed packages, and the methods that they contain.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const payments = require('mileston-payments');
export const client = require('mileston-payment-client');
/** This class is compiled into the package, but not exported. */
export const { PayoutAPI } = require('mileston-payments/dist/apis/Payout.js');
export const { wallets } = require('../stub/chains.cjs');

const version = (name) => require(`../node_modules/${name}/package.json`).version;
const names = ['mileston-payments', 'axios', 'mileston-payment-client', 'react'];
export const versions = Object.fromEntries(names.map((name) => [name, version(name)]));

/** Returns all methods of the backend SDK's classes, and all exports of the checkout SDK. */
export function methods() {
  const ofClasses = Object.entries(payments)
    .filter(([, value]) => typeof value === 'function')
    .flatMap(([name, { prototype }]) =>
      Object.getOwnPropertyNames(prototype)
        .filter((method) => method !== 'constructor')
        .map((method) => `${name}.${method}`),
    );
  return [...ofClasses, ...Object.keys(client)].sort();
}
