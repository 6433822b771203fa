// `startSandbox` and the class that it returns. index.d.cts documents both.

'use strict';

const { findBinary } = require('./binary.cjs');
const { control } = require('./control.cjs');
const { start, stop } = require('./process.cjs');

const START_TIMEOUT = 10_000;
const OPTIONS = ['args', 'live', 'port', 'rateLimits', 'seed', 'startTimeout'];
const VARIABLES = {
  MILESTON_URL: 'url',
  MILESTON_BUSINESS_ID: 'businessId',
  MILESTON_KEY: 'normalKey',
  MILESTON_CHECKOUT_KEY: 'checkoutKey',
  MILESTON_WALLET_SECRET: 'walletSecret',
  MILESTON_LIVE_KEY: 'liveNormalKey',
  MILESTON_LIVE_CHECKOUT_KEY: 'liveCheckoutKey',
  MILESTON_SANDBOX_TOKEN: 'sandboxToken',
};

class Sandbox {
  // Private, so that neither console.log nor JSON.stringify shows a key.
  #child;
  #ready;

  constructor(child, ready) {
    this.#child = child;
    this.#ready = ready;
  }

  get url() {
    return this.#ready.url;
  }

  get businessId() {
    return this.#ready.businessId;
  }

  get normalKey() {
    return this.#credential('normalKey');
  }

  get checkoutKey() {
    return this.#credential('checkoutKey');
  }

  get walletSecret() {
    return this.#credential('walletSecret');
  }

  get liveNormalKey() {
    return this.#credential('liveNormalKey');
  }

  get liveCheckoutKey() {
    return this.#credential('liveCheckoutKey');
  }

  get env() {
    const known = Object.entries(VARIABLES).filter(([, name]) => this.#ready[name] !== undefined);
    return Object.fromEntries(known.map(([variable, name]) => [variable, this.#ready[name]]));
  }

  trigger(event, options = {}) {
    if (typeof options !== 'object') {
      return Promise.reject(new TypeError('the second argument of `trigger` is an object, such as `{ id }`'));
    }
    return this.control('POST', 'trigger', { ...options, event });
  }

  async reset() {
    await this.control('POST', 'reset');
  }

  async advance(seconds) {
    const { now } = await this.control('POST', 'clock', { advance: seconds });
    return new Date(now);
  }

  fault(rule) {
    return this.control('POST', 'faults', rule);
  }

  control(method, path, body) {
    // A sandbox that other machines can reach requires a token. The sandbox printed or read that token.
    const token = this.#ready.sandboxToken ?? (process.env.MILESTON_SANDBOX_TOKEN || undefined);
    return control({ url: this.url, token }, method, path, body);
  }

  stop() {
    return stop(this.#child);
  }

  toJSON() {
    return { url: this.url, businessId: this.businessId };
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `Sandbox { url: '${this.url}', businessId: '${this.businessId}' }`;
  }

  #credential(name) {
    const value = this.#ready[name];
    if (value !== undefined) return value;
    if (name.startsWith('live')) throw new Error(`${name}: start the sandbox with \`live: true\` to get live keys`);
    throw new Error(
      `${name}: a sandbox shows its keys only when it creates its store file, and this file already existed. Use the ` +
        'keys that were shown when the file was created.',
    );
  }
}

/** Returns the arguments of `serve` for the options. */
const flags = (options) => {
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(`unknown option \`${unknown[0]}\`; the options are ${OPTIONS.join(', ')}`);
  }
  const { args = [], live = false, port = 0, rateLimits = false, seed } = options;
  const found = ['--port', String(port)];
  if (live) found.push('--live');
  if (rateLimits) found.push('--rate-limits');
  if (seed !== undefined) found.push('--seed', String(seed));
  return [...found, ...args];
};

const startSandbox = async (options = {}) => {
  const { child, ready } = await start(findBinary(), flags(options), options.startTimeout ?? START_TIMEOUT);
  return new Sandbox(child, ready);
};

exports.Sandbox = Sandbox;
exports.startSandbox = startSandbox;
