// Runs stories in headless Chromium with the pages of a running sandbox. The settings are url, businessId, normalKey,
// checkoutKey, walletSecret, liveNormalKey, tokens, chromium and screenshots.

import { run } from './lib/run.mjs';
import { Visitor } from './lib/visitor.mjs';
import * as checkout from './stories/checkout.mjs';
import * as developers from './stories/developers.mjs';
import * as looks from './stories/looks.mjs';
import * as trouble from './stories/trouble.mjs';
import * as webhooks from './stories/webhooks.mjs';

const stories = { ...checkout, ...trouble, ...developers, ...webhooks, ...looks };
await run(stories, (context, settings) => Visitor.in(context, settings));
