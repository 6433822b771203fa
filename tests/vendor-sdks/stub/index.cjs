// Stands in for every package that the checkout SDK imports beside React: wallets that pay at once, chains that confirm
// at once, and widgets that show what is in them.
//
// All names are here: those that the SDK calls for an answer are in `chains.cjs`, any other is a component that renders
// an element of its own name, so that a test can find it and use what the SDK gave it (`onValueChange`, for instance).
'use strict';

const { createElement } = require('react');
const answers = require('./chains.cjs');

const components = new Map();

function component(name) {
  // Also called with `new`, for instance for a client of which the SDK asks nothing.
  const Component = function (props) {
    if (new.target) return;
    return createElement(`stub-${name}`, { ...props, key: undefined }, props?.children);
  };
  if (!components.has(name)) components.set(name, Component);
  return components.get(name);
}

function find(name) {
  if (typeof name !== 'string' || name === '__esModule' || name === 'then') return undefined;
  return name in answers ? answers[name] : component(name);
}

// What bundlers make of `import * as all` copies the own keys and keeps the prototype: so the names are there.
module.exports = Object.create(new Proxy({}, { get: (_, name) => find(name) }));
