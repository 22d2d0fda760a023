/** Assistive technology: axe, zoom, narrow windows, reduced motion. Numbers are those of the console's checks (docs/console.md). */
import type { Browser, Page } from 'playwright-core';
import { seriousFaults } from './support/axe.ts';
import { openBrowser } from './support/chromium.ts';
import { address } from './support/product.ts';
import { openVisitor, signInAs } from './support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const ROLES = ['client', 'executor-1', 'manager', 'admin'] as const;
const WIDTHS = [390, 1440];
const SCHEMES = ['light', 'dark'] as const;

/** Addresses of the places that somebody's rail or tab bar names. */
const placesOf = async (page: Page): Promise<string[]> => {
  const links = page.getByRole('navigation', { name: 'Places' }).getByRole('link');
  const addresses = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  return [...new Set(addresses)];
};

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.each(ROLES)('places of %s', (name) => {
  test.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const)))(
    'R-CON-01 check 23: axe finds nothing serious at %i px in the %s colours',
    async (width, colorScheme) => {
      const visitor = await openVisitor(browser, { viewport: { width, height: 900 }, colorScheme });
      const { page } = visitor;
      await signInAs(visitor, address(), name);
      const faults: Record<string, string[]> = {};
      for (const place of await placesOf(page)) {
        await page.goto(address() + place);
        await page.waitForLoadState('networkidle');
        const found = await seriousFaults(page);
        if (found.length > 0) faults[place] = found;
      }
      expect(faults).toEqual({});
      await visitor.context.close();
    },
  );

  test('R-CON-01 check 23: nothing scrolls sideways at 320 px, nor at 200 % of 1280', async () => {
    const wide: Record<string, number> = {};
    // A page at 200 % has half the CSS pixels.
    for (const width of [320, 640]) {
      const visitor = await openVisitor(browser, { viewport: { width, height: 900 } });
      const { page } = visitor;
      await signInAs(visitor, address(), name);
      for (const place of await placesOf(page)) {
        await page.goto(address() + place);
        await page.waitForLoadState('networkidle');
        const by = await overflow(page);
        if (by > 0) wide[`${place} at ${width}`] = by;
      }
      await visitor.context.close();
    }
    expect(wide).toEqual({});
  });

  test('R-CON-01 check 24: whoever asks for less motion gets none', async () => {
    const visitor = await openVisitor(browser, { reducedMotion: 'reduce' });
    const { page } = visitor;
    await signInAs(visitor, address(), name);
    await page.waitForLoadState('networkidle');
    const moving = await page.evaluate(
      `[...document.querySelectorAll('*')].filter((each) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(each);
        const lasts = (text) => text.split(',').some((part) => parseFloat(part) > 0);
        return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
      }).map((each) => each.outerHTML.slice(0, 120))`,
    );
    expect(moving).toEqual([]);
    await visitor.context.close();
  });
});
