// What `require('mileston-sandbox')` returns.

'use strict';

const { Sandbox, startSandbox } = require('./sandbox.cjs');

exports.Sandbox = Sandbox;
exports.startSandbox = startSandbox;
