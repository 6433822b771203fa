// Loaded before everything else. The checkout SDK has the vendor's host written into it, so its `fetch` is led to the
// sandbox; nothing that is loaded here may ask anybody else.

const CHECKOUT = 'https://checkout-service.mileston.co';
const PRICES = 'https://api.coingecko.com/';
const fetchFrom = globalThis.fetch;

/** Where the checkout SDK's requests go: a test changes `origin`. `refused` is given the body of each refusal. */
export const sandbox = { origin: undefined, refused: () => {} };

globalThis.fetch = async (url, options) => {
  const text = String(url);
  if (text.startsWith(`${CHECKOUT}/`)) {
    const response = await fetchFrom(sandbox.origin + text.slice(CHECKOUT.length), options);
    if (!response.ok) sandbox.refused(await response.clone().json());
    return response;
  }
  if (text.startsWith(PRICES)) {
    // What the SDK turns dollars into tokens with; not part of the platform.
    const ids = ['ethereum', 'matic-network', 'sui', 'avalanche-2', 'usd-coin', 'tether', 'solana'];
    return Response.json(Object.fromEntries(ids.map((id) => [id, { usd: 2 }])));
  }
  throw new Error('the SDK asked another host than the sandbox');
};

/** The page at an address of the sandbox, asked for as a browser does. */
export const open = (address, settings = {}) => {
  if (!address.startsWith(`${sandbox.origin}/`)) throw new Error('an address outside the sandbox');
  const headers = { accept: 'text/html', origin: sandbox.origin };
  return fetchFrom(address, { ...settings, headers: { ...headers, ...settings.headers } });
};

// Both SDKs log what they do; the backend one prints each request that failed, key and all.
for (const name of ['debug', 'error', 'info', 'log', 'warn']) console[name] = () => {};
