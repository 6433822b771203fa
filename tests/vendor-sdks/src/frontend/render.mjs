// Renders with React itself, and waits for what a component does with the sandbox's answers.

import { setTimeout as sleep } from 'node:timers/promises';

import React from 'react';
import { act, create } from 'react-test-renderer';

import './browser.mjs';
import { client } from '../packages.mjs';
import { record } from '../types/recorded.mjs';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

const PATIENCE = 5_000;

/** Renders one of the SDK's components inside its provider. */
export function render({ checkoutKey, business }, name, props, ...children) {
  return mount({ checkoutKey, business }, React.createElement(client[name], props, ...children));
}

/** Runs one of the SDK's hooks inside its provider: `hook.current` is what it gives at last. */
export async function use({ checkoutKey, business }, name, ...args) {
  const hook = { current: undefined };
  const Probe = () => {
    hook.current = client[name](...args);
    const fetched = hook.current?.data ?? hook.current?.wallet;
    if (fetched) record(name, fetched, args[0]?.paymentType);
    return null;
  };
  const { unmount } = await mount({ checkoutKey, business }, React.createElement(Probe));
  return Object.assign(hook, { unmount });
}

async function mount({ checkoutKey, business }, child) {
  const provider = { apikey: checkoutKey, businessid: business };
  let tree;
  await act(async () => {
    tree = create(React.createElement(client.MilestonPaymentProvider, provider, child));
  });
  return { root: tree.root, unmount: () => act(async () => tree.unmount()) };
}

/** Waits until it is so. */
export async function until(what, isSo) {
  const end = Date.now() + PATIENCE;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await act(() => sleep(5));
  }
}

/** Does what changes a component, and lets it change. */
export const doing = (change) => act(async () => change());

/** The text of an element and all that is in it. */
export function textOf(node) {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

/** The button with this text, to be clicked. */
export function button(root, text) {
  const isIt = (node) => node.type === 'button' && textOf(node) === text;
  const found = root.findAll(isIt);
  if (found.length !== 1) throw new Error(`${found.length} buttons "${text}"`);
  if (found[0].props.disabled) throw new Error(`the button "${text}" is disabled`);
  return { click: () => doing(() => found[0].props.onClick()) };
}

/** Chooses in the selection at this place, as a user does who sees only what is offered. */
export async function choose(root, index, value) {
  const isChoice = ({ type, props }) => type === 'stub-Root' && props.onValueChange !== undefined;
  // Tabs are choices as well, and hold the others.
  const selects = root.findAll(isChoice).filter((choice) => choice.findAll(isChoice).length === 1);
  const select = selects[index];
  const offered = select.findAll(({ type }) => type === 'stub-Item').map(({ props }) => props.value);
  if (!offered.includes(value)) throw new Error(`${value} is not offered, but ${offered}`);
  await doing(() => select.props.onValueChange(value));
}
