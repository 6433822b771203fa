// Runs the vendor's SDKs against a sandbox, for `cargo test -p mileston-tests --test vendor_sdks`.
//
// Standard input: a JSON object with the sandbox's address and credentials. Standard output: a JSON object with the
// results.

import { text } from 'node:stream/consumers';

import { sandbox } from './preload.mjs';
import { backend, frontend } from './src/calls.mjs';
import { methods, versions } from './src/packages.mjs';
import { Report } from './src/report.mjs';
import { resources } from './src/backend/resources.mjs';
import { walletsAndSubWallets } from './src/backend/wallets.mjs';
import { functions } from './src/frontend/functions.mjs';
import { react } from './src/frontend/react.mjs';
import { Documents } from './src/documents.mjs';
import { modes } from './src/modes.mjs';
import { refusals } from './src/refusals.mjs';
import { compareWithTypes } from './src/types/check.mjs';
import { record } from './src/types/recorded.mjs';

const settings = JSON.parse(await text(process.stdin));
const { origin, business, normalKey, checkoutKey, walletSecret } = settings;
const good = { origin, business, key: normalKey, secret: walletSecret };
const { testOnly } = settings;
const all = { ...settings, good, testOnly: { ...testOnly, secret: testOnly.walletSecret } };
sandbox.origin = origin;
sandbox.refused = (body) => record('refusal', body);

const report = new Report();
const shop = backend(report, good);
const page = frontend(report, { ...good, key: checkoutKey });
const context = { shop, page, business, origin, checkoutKey };

const documents = await Documents.open(origin);
await resources(report, shop, settings);
await walletsAndSubWallets(report, shop);
await functions(report, context);
await react(report, context);
await modes(report, all);
await refusals(report, all);
await documents.read(report);
const types = await compareWithTypes(report);

const { checks, failures, exercised } = report;
const found = { versions, methods: methods(), exercised: [...exercised].sort(), types, checks, failures };
process.stdout.write(`${JSON.stringify(found)}\n`);
