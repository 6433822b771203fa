// The module that `require('mileston-sandbox')` loads.

'use strict';

const { Sandbox, startSandbox } = require('./sandbox.cjs');

exports.Sandbox = Sandbox;
exports.startSandbox = startSandbox;
