// Replaces every package that the checkout SDK imports, except React. The replacements are wallets that pay immediately, chains
// that confirm immediately, and widgets that show their children.
//
// This module exports every name. The functions whose results the SDK uses are in `chains.cjs`. Any other
// name is a component that renders an element with its own name, so that a test can find the
// element and use the component's properties (e.g. `onValueChange`).
'use strict';

const { createElement } = require('react');
const answers = require('./chains.cjs');

const components = new Map();

function component(name) {
  // The SDK also calls some components with `new`, e.g. to create a client that it never uses.
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

// Bundlers implement `import * as all` by copying the module's own keys and keeping its prototype, so the prototype
// provides the names.
module.exports = Object.create(new Proxy({}, { get: (_, name) => find(name) }));
