// Renders with React, and waits until a component has handled the sandbox's responses.

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

/** Runs one of the SDK's hooks inside its provider. `hook.current` is its latest value. */
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

/** Waits until the condition is true. */
export async function until(what, isSo) {
  const end = Date.now() + PATIENCE;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`timed out waiting until ${what}`);
    await act(() => sleep(5));
  }
}

/** Runs an action that changes a component, and waits for the change. */
export const doing = (change) => act(async () => change());

/** Returns the text of an element, including its children. */
export function textOf(node) {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

/** Returns the button with this text. */
export function button(root, text) {
  const isIt = (node) => node.type === 'button' && textOf(node) === text;
  const found = root.findAll(isIt);
  if (found.length !== 1) throw new Error(`${found.length} buttons "${text}"`);
  if (found[0].props.disabled) throw new Error(`the button "${text}" is disabled`);
  return { click: () => doing(() => found[0].props.onClick()) };
}

/** Selects a value in the list at this index. Like a user, the test can select only values that are offered. */
export async function choose(root, index, value) {
  const isChoice = ({ type, props }) => type === 'stub-Root' && props.onValueChange !== undefined;
  // Tabs match too, and they contain the lists.
  const selects = root.findAll(isChoice).filter((choice) => choice.findAll(isChoice).length === 1);
  const select = selects[index];
  const offered = select.findAll(({ type }) => type === 'stub-Item').map(({ props }) => props.value);
  if (!offered.includes(value)) throw new Error(`${value} isn't offered, only ${offered}`);
  await doing(() => select.props.onValueChange(value));
}
