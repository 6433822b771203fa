// Tests the pay buttons, which open a page of the sandbox and wait for its message.

import { RESOURCES } from '../backend/resources.mjs';
import { client } from '../packages.mjs';
import { document, popups, notify } from './browser.mjs';
import { button, doing, render, textOf, until } from './render.mjs';

export async function buttons(report, context) {
  await report.group('pay buttons', async () => {
    for (const resource of RESOURCES.filter(({ address }) => address)) {
      const made = await context.shop.answers(`${resource.type}.create`, [...resource.first, resource.payload()], {});
      await inReact(report, context, made[resource.address]);
      await plain(report, made[resource.address]);
    }
  });
}

async function inReact(report, context, paymentUrl) {
  const callbacks = { paid: 0, errors: [] };
  const given = {
    paymentUrl,
    onPaymentComplete: () => (callbacks.paid += 1),
    onPaymentError: (error) => callbacks.errors.push(error.message),
  };
  const { root, unmount } = await render(context, 'PayButton', given, 'Pay here');
  await button(root, 'Pay here').click();
  await hasOpened(report, paymentUrl);
  const { closed } = popups.last;
  await doing(() => notify({ isPaymentComplete: true, walletAddress: '0x0', paymentId: 'id' }));
  report.equal('notified, and closed', [callbacks, closed, popups.last.closed], [{ paid: 1, errors: [] }, false, true]);
  await until('it is a button again', () => textOf(root).includes('Pay here'));
  await unmount();
  report.exercised.add('PayButton');
}

async function plain(report, paymentUrl) {
  const callbacks = { paid: 0, errors: [] };
  const element = document.createElement('button');
  const given = {
    paymentUrl,
    onPaymentComplete: () => (callbacks.paid += 1),
    onPaymentError: (error) => callbacks.errors.push(error.message),
  };
  // The constructor sets up the button.
  void new client.MilestonPayButton(element, given);
  report.equal('its text', element.textContent, 'Pay Now');
  await element.listeners.click();
  report.equal('its text while it waits', element.textContent, 'Processing Payment...');
  await hasOpened(report, paymentUrl);
  notify({ isPaymentComplete: true, walletAddress: '0x0', paymentId: 'id' });
  report.equal('notified', callbacks, { paid: 1, errors: [] });
  report.equal('its text when paid', element.textContent, 'Payment Complete');
  report.exercised.add('MilestonPayButton');
}

async function hasOpened(report, paymentUrl) {
  report.equal('the address', popups.last.address, `${paymentUrl}?parentOrigin=${encodeURIComponent('https://shop.example')}`);
  const page = await popups.last.page;
  report.holds('the page exists', page.status === 200 && page.text.startsWith('<!DOCTYPE html>'), page);
}
