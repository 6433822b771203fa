// This module is loaded before everything else. The checkout SDK has a hard-coded host, so this module redirects the
// SDK's `fetch` to the sandbox. A request for token prices gets a fixed response. Requests to other hosts fail.

const CHECKOUT = 'https://checkout-service.mileston.co';
const PRICES = 'https://api.coingecko.com/';
const fetchFrom = globalThis.fetch;

/** The checkout SDK's requests go to `origin`, which tests set. `refused` receives the body of each rejection. */
export const sandbox = { origin: undefined, refused: () => {} };

globalThis.fetch = async (url, options) => {
  const text = String(url);
  if (text.startsWith(`${CHECKOUT}/`)) {
    const response = await fetchFrom(sandbox.origin + text.slice(CHECKOUT.length), options);
    if (!response.ok) sandbox.refused(await response.clone().json());
    return response;
  }
  if (text.startsWith(PRICES)) {
    // The prices with which the SDK converts dollars to tokens. They aren't part of the platform.
    const ids = ['ethereum', 'matic-network', 'sui', 'avalanche-2', 'usd-coin', 'tether', 'solana'];
    return Response.json(Object.fromEntries(ids.map((id) => [id, { usd: 2 }])));
  }
  throw new Error('the SDK sent a request to a host other than the sandbox');
};

/** Requests one of the sandbox's pages with the headers that a browser sends. */
export const open = (address, settings = {}) => {
  if (!address.startsWith(`${sandbox.origin}/`)) throw new Error('an address outside the sandbox');
  const headers = { accept: 'text/html', origin: sandbox.origin };
  return fetchFrom(address, { ...settings, headers: { ...headers, ...settings.headers } });
};

// Drop what the SDKs log, because the backend SDK prints each failed request, including the key.
for (const name of ['debug', 'error', 'info', 'log', 'warn']) console[name] = () => {};
