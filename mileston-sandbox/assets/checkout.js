// The checkout page: fetches the record to pay, lets the payer pick a chain and a token, shows the address, and waits.
// All text is inserted as text, never as HTML.

import { Unanswered, callsOf } from './calls.js';
import { payerOn } from './payer.js';

const POLL = 2000;
const find = (id) => document.getElementById(id);
const checkout = find('checkout');
const { base, kind, id, mode, business, key, qr } = checkout.dataset;
const calls = callsOf({ base, kind, id, mode, business, key });

// The record to pay, the payer's choice, and a report that got no response. `picked.recipient` is a promise for the
// wallet to pay to, or for null if there is none.
let due = null;
let picked = null;
let unanswered = null;
let isPaid = false;

load();

async function load() {
  try {
    due = await calls.due();
  } catch (error) {
    find('loading').hidden = true;
    return complain(error);
  } finally {
    find('due').setAttribute('aria-busy', 'false');
  }
  find('due').replaceChildren(...described(due));
  document.title = `${titleOf(due)} · Mileston sandbox`;
  if (isSettled(due)) return showPaidBefore();
  find('choice').hidden = false;
  if (find('actions')) find('actions').hidden = false;
  find('choice').addEventListener('change', pick);
  find('choice').addEventListener('submit', (event) => event.preventDefault());
  find('pay')?.addEventListener('click', () => whileBusy(pay));
  find('check').addEventListener('click', () => whileBusy(check));
  find('copy').addEventListener('click', copy);
  // A payment link has no paid state, because several payers can use it.
  if (kind !== 'paymentlink') setTimeout(poll, POLL);
}

function isSettled(data) {
  return (data.status ?? data.currentPaymentStatus) === 'paid';
}

function titleOf(data) {
  return data.title || data.itemName || data.subscriptionName || 'Payment';
}

function described(data) {
  const amount = make('p', 'amount', data.amount);
  amount.append(' ', make('small', '', 'USD'));
  const parts = [make('h1', '', titleOf(data)), amount];
  if (data.description) parts.push(make('p', '', data.description));
  // A title or description may be in a right-to-left language.
  for (const part of parts) if (part !== amount) part.dir = 'auto';
  const facts = make('dl', 'facts', '');
  const every = data.recurringInterval && `${data.recurringInterval} days`;
  for (const [label, value] of [
    ['For', data.customerEmail || data.subscriberFullName],
    ['Due', day(data.dueDate || data.recurringDate)],
    ['Every', every],
    ['Id', id],
  ]) {
    if (value) facts.append(make('dt', '', label), make('dd', '', value));
  }
  parts.push(facts);
  return parts;
}

function day(text) {
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? text : date.toISOString().slice(0, 10);
}

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

async function pick() {
  const chain = checked('chain');
  for (const group of checkout.querySelectorAll('fieldset[data-chain]')) {
    group.hidden = group.dataset.chain !== chain.value;
    const only = group.querySelectorAll('input');
    if (!group.hidden && only.length === 1) only[0].checked = true;
  }
  const token = checked(`token-${chain.value}`);
  find('wallet').hidden = true;
  hideProblem();
  if (!token) {
    picked = null;
    return;
  }
  const mine = { chain: chain.value, token: token.value, amount: due.amount };
  mine.recipient = recipientOf(mine, chain.labels[0].textContent);
  picked = mine;
}

// Fetches the wallet for a choice and shows it, unless the payer has picked something else meanwhile.
async function recipientOf(mine, chainName) {
  try {
    const recipient = await calls.wallet(mine.chain);
    if (picked === mine && !isPaid) showWallet(recipient, chainName);
    return recipient;
  } catch (error) {
    if (picked === mine) complain(error);
    return null;
  }
}

function checked(name) {
  return find('choice').querySelector(`input[name="${name}"]:checked`);
}

function showWallet(recipient, chainName) {
  find('address').textContent = recipient;
  find('qr').src = `${qr}?text=${encodeURIComponent(recipient)}`;
  find('copy').textContent = 'Copy address';
  picked.waiting = `Waiting for ${picked.amount} USD in ${picked.token} on ${chainName.trim()}.`;
  find('waiting').textContent = picked.waiting;
  find('wallet').hidden = false;
}

// Pays as the simulated payer. A report that got no response is kept and sent again unchanged, so that the payment
// counts once.
async function pay() {
  if (!picked) return askForChoice();
  if (!await picked.recipient) await pick();
  const recipient = await picked.recipient;
  if (!recipient) return null;
  const report = unanswered ?? { ...picked, recipient, ...payerOn(picked.chain) };
  unanswered = report;
  try {
    await calls.save(report);
    if (await calls.verify({ ...report, wallet: report.payer })) {
      showPaid(`${report.amount} USD in ${report.token} paid by a test payer.`, report.payer);
    }
    unanswered = null;
  } catch (error) {
    if (!(error instanceof Unanswered)) unanswered = null;
    throw error;
  }
}

// Moves to the first choice that is missing.
function askForChoice() {
  const chain = checked('chain');
  complain(new Error(chain ? 'Pick a token first.' : 'Pick a chain first.'));
  return find('choice').querySelector(chain ? `[name="token-${chain.value}"]` : '[name="chain"]');
}

async function check() {
  const recipient = await picked.recipient;
  if (await calls.verify({ ...picked, recipient, wallet: recipient })) {
    return showPaid('The payment has arrived.', recipient);
  }
  find('waiting').textContent = `Nothing has arrived yet. ${picked.waiting}`;
}

async function poll() {
  if (isPaid) return;
  if (document.visibilityState === 'visible') {
    try {
      if (isSettled(await calls.due()) && !isPaid && !unanswered) {
        showPaid('The payment has arrived.', null);
      }
    } catch {
      // Ignored: the sandbox may come back, and a click shows the error.
    }
  }
  setTimeout(poll, POLL);
}

// Disables the controls during work. Afterwards the focus returns, or moves to the element that the work returns.
async function whileBusy(work) {
  const controls = checkout.querySelectorAll('fieldset, button');
  let focused = document.activeElement;
  hideProblem();
  controls.forEach((control) => { control.disabled = true; });
  try {
    focused = await work() ?? focused;
  } catch (error) {
    complain(error);
  } finally {
    controls.forEach((control) => { control.disabled = false; });
    if (!isPaid) focused?.focus();
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(find('address').textContent);
    find('copy').textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(find('address'));
    find('copy').textContent = 'Selected: copy it manually';
  }
}

function complain(error) {
  find('problem').replaceChildren(make('p', '', error.message));
  find('problem').hidden = false;
  find('problem').scrollIntoView({ block: 'nearest' });
}

function hideProblem() {
  find('problem').hidden = true;
}

// Shows that the record was already paid. The page contains the time of the payment if the payment was made before the
// page was loaded.
function showPaidBefore() {
  const before = find('paid-before');
  find('paid-title').textContent = 'Already paid';
  find('paid-text').textContent = 'There is nothing left to pay.';
  if (before) before.hidden = false;
  showResult();
}

function showPaid(text, wallet) {
  find('paid-text').textContent = text;
  showResult();
  find('paid-title').focus();
  tellOpener(wallet);
}

function showResult() {
  isPaid = true;
  hideProblem();
  for (const part of ['choice', 'actions', 'wallet']) if (find(part)) find(part).hidden = true;
  const shop = webAddress(due.redirectUrl);
  if (shop) {
    find('back').querySelector('a').href = shop;
    find('back').hidden = false;
  }
  find('paid').hidden = false;
}

// Accepts only web addresses, because a link with another scheme could run a script.
function webAddress(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// The vendor's pay buttons open the page with `parentOrigin` and wait for this message.
function tellOpener(walletAddress) {
  const parent = webAddress(new URLSearchParams(location.search).get('parentOrigin'));
  if (!parent || !window.opener) return;
  const message = { isPaymentComplete: true, walletAddress, paymentId: id };
  window.opener.postMessage(message, new URL(parent).origin);
}
