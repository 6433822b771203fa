// Runs stories in headless Chromium with pages whose client is written in Rust: the client's functions in a test
// page, and the example page.

import { run } from './lib/run.mjs';
import { Visit } from './frontend/visit.mjs';
import * as calls from './frontend/calls.mjs';
import * as bodies from './frontend/bodies.mjs';
import * as redirects from './frontend/redirects.mjs';
import * as settingsOfPages from './frontend/settings.mjs';
import * as platform from './frontend/platform.mjs';
import * as checkout from './frontend/checkout.mjs';
import * as trouble from './frontend/trouble.mjs';

const stories = { ...calls, ...bodies, ...redirects, ...settingsOfPages, ...platform, ...checkout, ...trouble };
await run(stories, (context, settings) => new Visit(context, settings));
