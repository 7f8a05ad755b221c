// How long the rules take to answer while a vertex of a boundary is dragged, as the page itself counts it.
import { onPage, settled } from '../map.js';

/** Opens the editing of a zone and waits until it is judged as it is. */
async function opened(page, id) {
  await page.evaluate((zone) => window.__ranh.state.view.select({ type: 'feature', collection: 'zones', id: zone }), id);
  await page.getByTestId('zone-edit').click();
  await page.locator('[data-testid="edit-judged"][data-busy="false"]').waitFor({ timeout: 60_000 });
  await settled(page);
}

/** Gets ready to count from the next movement of the pointer to the first frame after its answer. */
const armed = (page) => page.evaluate(() => {
  window.__answered = new Promise((resolve) => {
    document.addEventListener('pointermove', () => {
      const from = performance.now();
      const busy = () => document.querySelector('[data-testid="edit-judged"]').dataset.busy === 'true';
      let asked = busy();
      const observer = new MutationObserver(() => {
        asked ||= busy();
        if (!asked || busy()) return;
        observer.disconnect();
        const answered = performance.now() - from;
        requestAnimationFrame(() => resolve({ answered, shown: performance.now() - from }));
      });
      observer.observe(document.querySelector('[data-testid="edit-panel"]'), { attributes: true, childList: true, subtree: true, characterData: true });
    }, { once: true, capture: true });
  });
});

/** Milliseconds of `count` movements of a zone's first vertex: until its figures are in the page (`answered`), and until
 * the frame that shows them has begun (`shown`), which waits for the map where the browser draws it without a graphics card. */
export async function rechecks(page, origin, id, count) {
  await opened(page, id);
  const { geometry } = await (await fetch(`${origin}/collections/zones/items/${id}`)).json();
  const [x, y] = await onPage(page, geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2)[0]);
  const times = [];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y + 4);
  await settled(page);
  for (let k = 1; k <= count; k += 1) {
    await armed(page);
    await page.mouse.move(x + 4 + k * 2, y + 4 + (k % 3) * 3);
    times.push(await page.evaluate(() => window.__answered));
    await settled(page);
  }
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return times;
}
