// Judges the current page. In light and dark mode, takes screenshots at phone and desktop sizes, and runs axe. Then
// checks that the page fits in a window that is 320 pixels wide.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { same } from './expect.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function judge(visitor, name) {
  for (const scheme of ['light', 'dark']) {
    for (const size of ['phone', 'desktop']) {
      await visitor.be(size, scheme);
      await visitor.photograph(`${name}-${size}-${scheme}`);
    }
    await visitor.page.evaluate(axe);
    const { violations, passes } = await visitor.page.evaluate(() => window.axe.run());
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
    same(found, [], `${name}, ${scheme}`);
    same(passes.some(({ id }) => id === 'color-contrast'), true, `${name}: the contrast was checked`);
  }
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  // The elements that extend beyond the window, if the page itself scrolls horizontally.
  const wide = await visitor.page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) return [];
    const isWide = (element) => element.getBoundingClientRect().right > window.innerWidth;
    const found = [...document.body.querySelectorAll('*')].filter(isWide);
    return found.map((element) => `${element.outerHTML.slice(0, 120)} (${scrollWidth} px)`).slice(0, 10);
  });
  same(wide, [], `${name}: no horizontal scrolling`);
  await visitor.be('desktop', 'light');
}
