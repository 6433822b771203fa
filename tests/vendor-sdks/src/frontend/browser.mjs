// The parts of a browser that the components use: windows, messages between them, and an Ethereum
// wallet.

import { open } from '../../preload.mjs';

/** `last` is the most recently opened window. Its `page` resolves to the response. */
export const popups = { last: undefined };

class Popup {
  closed = false;

  constructor(address) {
    this.address = address;
    // The page loads in the background, as in a browser. Tests await `page`.
    this.page = open(address).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
  }

  close() {
    this.closed = true;
  }
}

const window = new EventTarget();
Object.assign(window, {
  innerWidth: 1000,
  innerHeight: 800,
  outerWidth: 1000,
  outerHeight: 800,
  screenX: 0,
  screenY: 0,
  location: { origin: 'https://shop.example' },
  open(address) {
    popups.last = new Popup(address);
    return popups.last;
  },
});

// An Ethereum wallet that announces itself on request (EIP-6963).
window.addEventListener('eip6963:requestProvider', () => {
  const detail = { info: { uuid: WALLET, name: 'Fake wallet', icon: '' }, provider: {} };
  window.dispatchEvent(Object.assign(new Event('eip6963:announceProvider'), { detail }));
});

/** The id of the Ethereum wallet. */
export const WALLET = 'fake-wallet';

const element = () => ({
  style: {},
  children: [],
  listeners: {},
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  },
  prepend(child) {
    this.children.unshift(child);
    child.remove = () => (this.children = this.children.filter((each) => each !== child));
  },
  querySelector() {
    return this.children.find(({ className }) => className === 'loading-icon');
  },
});

export const document = { createElement: element };

Object.assign(globalThis, { window, document });

/** Sends the checkout page's message to its opener. */
export function notify(data) {
  const event = new Event('message');
  window.dispatchEvent(Object.assign(event, { origin: 'https://checkout.mileston.co', data }));
}
