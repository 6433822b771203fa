// All parts of the checkout SDK that need React.

import { buttons } from './buttons.mjs';
import { components } from './components.mjs';
import { hooks } from './hooks.mjs';

export async function react(report, context) {
  await hooks(report, context);
  await components(report, context);
  await buttons(report, context);
}
