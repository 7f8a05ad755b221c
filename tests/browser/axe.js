// What axe-core finds wrong with a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that look at colours, which are all that a theme changes. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds, as text, by all rules or by some, leaving out what selectors name; the script is evaluated by the debugger, so the page's policy stays as strict as it is. */
export async function violations(page, { rules = null, without = [] } = {}) {
  // Colours half-way through a change are nobody's design. One that is cut short has ended too.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async ([some, exclude]) => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runOnly = some ? { type: 'rule', values: some } : { type: 'tag', values: tags };
    const { violations: found } = await window.axe.run({ exclude }, { runOnly, resultTypes: ['violations'] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  }, [rules, without]);
}
