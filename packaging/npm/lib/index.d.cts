/** The options of `startSandbox`. */
export interface SandboxOptions {
  /** The port on 127.0.0.1. The default, 0, is any free port. */
  port?: number;
  /** Also creates live keys. No real money moves in either mode. Default: false. */
  live?: boolean;
  /** Derives ids and addresses from this number, and stops the clock until `advance` moves it. */
  seed?: number;
  /** Responds with 429 above 100 requests per minute for each key, as the platform documents. Default: false. */
  rateLimits?: boolean;
  /** More arguments of `mileston-sandbox serve`, for example `['--store', 'shop.db']`. */
  args?: readonly string[];
  /** How long to wait until the sandbox is ready, in milliseconds. Default: 10000. */
  startTimeout?: number;
}

/** What a test payer pays. */
export type SandboxEvent = 'paymentlink-paid' | 'invoice-paid' | 'recurring-paid';

/** A payer's mistake on the simulated chain. */
export type PayerMistake = 'wrong-network' | 'wrong-chain' | 'wrong-token' | 'underpaid' | 'overpaid' | 'paid-twice';

/** The options of `trigger`. */
export interface TriggerOptions {
  /** The id of the record to pay. Without an id, a new record is created and paid. */
  id?: string;
  /** The payer's mistake, if any. */
  mistake?: PayerMistake;
}

/** What was paid. */
export interface Triggered {
  event: SandboxEvent;
  /** The id of the record that was paid. */
  id: string;
  /** Whether this call created the record that was paid. */
  made: boolean;
  /** The amount, for example `12.50`. */
  amount: string;
  /** The URL of the record's checkout page. */
  page: string;
}

/**
 * A fault, and the requests that it applies to. Set one of `times`, `every` and `probability`. By default, the fault
 * applies to the next request.
 */
export interface FaultRule {
  /** For example `answer-lost`, `503` or `latency=250`. The sandbox's README lists all faults. */
  fault: string;
  /** The id of an operation in the OpenAPI document, for example `createPaymentLink`. Default: all. */
  operation?: string;
  /** Applies the fault to the next n requests. */
  times?: number;
  /** Applies the fault to every nth request. */
  every?: number;
  /** Applies the fault to each request with this probability, from 0 to 1. */
  probability?: number;
  /** Makes `probability` pick the same requests in each run. */
  seed?: number;
}

/**
 * A running sandbox.
 *
 * The sandbox stops when this process ends, even if this process is killed. An idle sandbox doesn't keep Node.js from
 * exiting. Neither `console.log` nor `JSON.stringify` shows the sandbox's keys.
 */
export class Sandbox {
  private constructor();
  /** The sandbox's URL, for example `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly businessId: string;
  /** The test key for a backend. */
  readonly normalKey: string;
  /** The test key for a frontend. */
  readonly checkoutKey: string;
  /** The secret that signs calls to the wallet operations. */
  readonly walletSecret: string;
  /** The live key for a backend. Throws without `live: true`. */
  readonly liveNormalKey: string;
  /** The live key for a frontend. Throws without `live: true`. */
  readonly liveCheckoutKey: string;
  /**
   * Environment variables with the URL and the keys, for a child process: `MILESTON_URL`, `MILESTON_BUSINESS_ID`,
   * `MILESTON_KEY`, `MILESTON_CHECKOUT_KEY` and `MILESTON_WALLET_SECRET`.
   */
  readonly env: Record<string, string>;

  /** Pays something as a test payer, so that its webhook event is sent. */
  trigger(event: SandboxEvent, options?: TriggerOptions): Promise<Triggered>;
  /** Deletes the data and the fault rules. Keeps the keys, the webhooks and the clock's time. */
  reset(): Promise<void>;
  /** Moves the sandbox's clock forward, and returns its new time. */
  advance(seconds: number): Promise<Date>;
  /** Makes requests fail. Returns the rule with its id. */
  fault(rule: FaultRule): Promise<FaultRule & { id: number }>;
  /**
   * Sends any request under `/_sandbox`, for example `control('GET', 'requests')`, and returns the body of the response.
   *
   * @throws {Error} If the sandbox rejects the request or was stopped.
   */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Stops the sandbox, and waits until it has exited. Data in memory is lost. */
  stop(): Promise<void>;
}

/**
 * Starts a sandbox with its own data and keys. Several sandboxes can run at the same time.
 *
 * @throws {Error} If there is no binary for this machine, or the sandbox doesn't start. The message says why.
 *
 * @example
 * const sandbox = await startSandbox();
 * const headers = { apikey: sandbox.normalKey, businessid: sandbox.businessId };
 * const response = await fetch(`${sandbox.url}/payment-link/?limit=10`, { headers });
 * await sandbox.stop();
 */
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
