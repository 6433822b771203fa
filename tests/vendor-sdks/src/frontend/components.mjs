// Tests the checkout SDK's ready-made components: a customer selects and pays, and the business is
// notified.

import { open } from '../../preload.mjs';
import { RESOURCES } from '../backend/resources.mjs';
import { wallets } from '../packages.mjs';
import { saved } from '../payloads.mjs';
import { popups, WALLET } from './browser.mjs';
import { something } from './functions.mjs';
import { button, choose, render, textOf, until } from './render.mjs';

const [LINK, INVOICE, RECURRING] = RESOURCES;
const AWAITING = 'Still awaiting payment. Please try again in a moment.';

export async function components(report, context) {
  const { walletAddress } = await context.page.answers('getUserDetails', [], {});
  const all = { ...context, walletAddress };
  for (const resource of RESOURCES) {
    await report.group(`QR code for a ${resource.word}`, () => byQrCode(report, resource, all));
    await report.group(`card for a ${resource.word}`, () => byCard(report, resource, all));
    for (const chain of ['base', 'sui', 'solana']) {
      await report.group(`${chain} wallet for a ${resource.word}`, () => byWallet(report, resource, chain, all));
    }
  }
  const whole = [['InvoiceCheckout', INVOICE], ['PaymentLinkCheckout', LINK], ['SubscriptionCheckout', RECURRING], ['PaymentOptions', LINK]];
  for (const [name, resource] of whole) {
    await report.group(name, () => wholePage(report, name, resource, all));
  }
  await report.group('wallet providers', () => providers(report, all));
}

/** Returns the properties for the components. `callbacks` records the arguments of each call to the two callbacks. */
function props({ type, own, amount }, { walletAddress }) {
  const callbacks = { paid: [], errors: [] };
  const given = {
    paymentType: type,
    paymentLinkId: own,
    amount,
    env: 'test',
    recipientWalletAddress: walletAddress,
    onPaymentComplete: (...args) => callbacks.paid.push(args),
    onPaymentError: (error) => callbacks.errors.push(error.message),
  };
  return { callbacks, given };
}

async function isPaid(report, { type, own }, resource, { page }) {
  const { [resource.data]: data } = await page.answers('fetchPayment', [{ paymentType: type, paymentId: own }], {});
  if (resource === LINK) return;
  report.equal('it is paid', data.currentPaymentStatus ?? data.status, 'paid');
}

async function byQrCode(report, resource, context) {
  const { page, business, walletAddress } = context;
  for (const chain of ['base', 'sui']) {
    const thing = await something(resource, context);
    const { callbacks, given } = props(thing, context);
    const { root, unmount } = await render(context, 'QrCodePayment', given);
    await choose(root, 0, chain);
    await choose(root, 1, 'USDC');
    await button(root, 'Generate Payment QR').click();
    await until('the address is shown', () => root.findAllByProps({ alt: 'Payment QR Code' }).length > 0);

    await button(root, 'I have made the payment').click();
    await until('the payment was checked', () => callbacks.errors.length > 0);
    report.equal('not paid yet, with the message that the SDK expects', callbacks, { paid: [], errors: [AWAITING] });
    const recipient = chain === 'sui' ? walletAddress.sui : walletAddress.eth;
    const more = { chain, payer: walletAddress[chain], recipientWalletAddress: recipient };
    const body = saved(thing.own, thing.amount, business, more);
    await page.answers('savePayment', [{ type: thing.type, body }], {});
    await button(root, 'I have made the payment').click();
    await until('it is verified', () => callbacks.paid.length > 0);
    report.equal('paid', callbacks, { paid: [[chain, 'USDC']], errors: [AWAITING] });
    await isPaid(report, thing, resource, context);
    await unmount();
  }
  report.exercised.add('QrCodePayment');
}

async function byCard(report, resource, context) {
  const thing = await something(resource, context);
  const { callbacks, given } = props(thing, context);
  const { root, unmount } = await render(context, 'CardPayment', given);
  await choose(root, 0, 'eth');
  const before = popups.last;
  await button(root, 'Pay with Card').click();
  await until('a window opens', () => popups.last !== before);
  const popup = popups.last;
  const shown = await popup.page;
  report.equal('its page exists', shown.status, 200);
  // The component checks the payment only once, when the window is closed, so the customer must pay on the page first.
  const token = /name="token" value="([^"]*)"/.exec(shown.text)?.[1] ?? '';
  const body = new URLSearchParams({ token });
  const clicked = await open(`${popup.address}/pay`, { method: 'POST', body });
  report.equal('paid by a click', clicked.status, 200);
  popup.close();
  await until('it is paid', () => callbacks.paid.length + callbacks.errors.length > 0);
  report.equal('paid', callbacks, { paid: [[]], errors: [] });
  await isPaid(report, thing, resource, context);
  await unmount();
  report.exercised.add('CardPayment');
}

async function byWallet(report, resource, chain, context) {
  const thing = await something(resource, context);
  const { callbacks, given } = props(thing, context);
  const { root, unmount } = await render(context, 'WalletConnectPayment', given);
  await payByWallet(root, chain);
  await until('it is paid', () => callbacks.paid.length + callbacks.errors.length > 0);
  report.equal('paid', callbacks, { paid: [[chain, 'USDC']], errors: [] });
  await isPaid(report, thing, resource, context);
  await unmount();
  wallets.connected = { sui: false, solana: false };
  report.exercised.add('WalletConnectPayment');
}

async function payByWallet(root, chain) {
  await choose(root, 0, chain);
  if (chain === 'base') {
    await choose(root, 1, 'USDC');
    await choose(root, 2, WALLET);
    await button(root, 'Connect Wallet & Pay').click();
    return;
  }
  // These components pay as soon as the wallet is connected. They notice the connection only when something
  // else changes.
  wallets.connected[chain] = true;
  await choose(root, 1, 'USDC');
}

/** Tests a complete page, which contains all three ways to pay. The test pays with an Ethereum wallet. */
async function wholePage(report, name, resource, context) {
  const thing = await something(resource, context);
  const { callbacks, given } = props(thing, context);
  const { onPaymentComplete, onPaymentError, ...rest } = given;
  const ways = ['WalletConnect', 'QrCode', 'Card'];
  const handlers = ways.flatMap((way) => [
    [`on${way}PaymentComplete`, onPaymentComplete],
    [`on${way}PaymentError`, onPaymentError],
  ]);
  const { root, unmount } = await render(context, name, {
    ...rest,
    ...Object.fromEntries(handlers),
    businessName: 'Sandbox business',
    businessLogo: 'https://shop.example/logo.png',
    title: 'Coffee beans',
    walletConnectButtonText: 'Connect Wallet & Pay',
    invoice: { id: thing.own, items: [], dueDate: new Date() },
    plan: { id: 'plan', name: 'Example plan', interval: 'monthly', intervalCount: 1, amount: 30 },
  });
  await payByWallet(root, 'base');
  await until('it is paid', () => callbacks.paid.length + callbacks.errors.length > 0);
  report.equal('paid', callbacks, { paid: [['base', 'USDC']], errors: [] });
  await isPaid(report, thing, resource, context);
  await unmount();
  report.exercised.add(name);
}

/** Tests the providers. They wrap the stubbed wallets, so the test can only check that their children are rendered. */
async function providers(report, context) {
  for (const name of ['SuiWalletProvider', 'SolanaWalletProvider']) {
    const { root, unmount } = await render(context, name, { env: 'test' }, 'inside');
    report.equal(`the child of ${name}`, textOf(root), 'inside');
    await unmount();
    report.exercised.add(name);
  }
}
