import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Product } from './product.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

interface Walk {
  language: 'zh-CN' | 'en';
  /** In px. */
  width: number;
  /** What is there once the page is. */
  shown: (page: Page) => Locator;
  /** Called before the page is judged. */
  look?: (page: Page, address: string) => Promise<void>;
}

/** Everybody works in a context of their own, as on a machine of their own: own cookies, own storage. */
export class People {
  readonly address: string;
  /** What the pages complained of: errors nobody caught. */
  readonly troubles: string[] = [];
  private readonly browser: Browser;
  private readonly axe: string;

  private constructor(address: string, browser: Browser, axe: string) {
    this.address = address;
    this.browser = browser;
    this.axe = axe;
  }

  /** Debian's Chromium, or the one of CHROMIUM_PATH, with a fresh profile. */
  static async at(address: string): Promise<People> {
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ARGUMENTS });
    return new People(address, browser, await readFile(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  }

  /** A sample person who has just signed in with one click. */
  async enter(name: string): Promise<Page> {
    const page = await this.stranger();
    page.on('pageerror', (error) => void this.troubles.push(`${name}: ${error.stack ?? error.message}`));
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await page.getByRole('banner').waitFor();
    return page;
  }

  /** Somebody at the sign-in page. */
  async stranger(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(this.address);
    return page;
  }

  /** Takes a page to an address of the product, such as `/tasks`. */
  async open(page: Page, address: string): Promise<void> {
    await page.goto(this.address + address);
  }

  /** Starts a procedure as the person who is signed in at a page. */
  async begin(page: Page, processId: string, values: object): Promise<void> {
    await page.evaluate(async ([id, sent]) => {
      const { csrfToken } = (await (await fetch('/api/session')).json()) as { csrfToken: string };
      const answer = await fetch(`/api/processes/${id}/start`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken }, body: JSON.stringify({ values: sent }) });
      if (!answer.ok) throw new Error(await answer.text());
    }, [processId, values] as const);
  }

  /** Takes each page, in a language and at a width in px, to its addresses; `look` is called once nothing is loading any more. */
  async walk(pages: readonly (readonly [Page, readonly string[]])[], { language, width, shown, look }: Walk): Promise<void> {
    for (const [page, addresses] of pages) {
      await page.evaluate((chosen) => localStorage.setItem('guicheng.language', chosen), language);
      await page.setViewportSize({ width, height: 900 });
      for (const address of addresses) {
        await this.open(page, address);
        await shown(page).waitFor();
        await page.locator('.gc-loading').first().waitFor({ state: 'detached' });
        await look?.(page, address);
        await this.expectSound(page, `${address} in ${language} at ${width}`, width);
      }
    }
  }

  /** Fails the test when what is shown now has a serious barrier or is wider than `width`, in px. */
  async expectSound(page: Page, what: string, width: number): Promise<void> {
    expect(await this.barriers(page), what).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
  }

  /** Saves what every open page shows, as PNG files. */
  async picture(folder: string): Promise<void> {
    const pages = this.browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page, index) => page.screenshot({ path: path.join(folder, `page-${index}.png`) })));
  }

  leave(): Promise<void> {
    return this.browser.close();
  }

  /** Serious and critical violations found by axe on what is shown now, as `rule: target`. */
  async barriers(page: Page): Promise<string[]> {
    await page.evaluate(this.axe);
    return page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }).axe;
      const { violations } = await axe.run({ resultTypes: ['violations'] });
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary.replaceAll('\n', ' ')})`));
    });
  }
}

/** Sends everybody away and ends the product, whatever of them came up; fails when it does not end cleanly or a page complained of something. */
export async function closeDown(people: People | undefined, product: Product | undefined): Promise<void> {
  const troubles = people?.troubles;
  await people?.leave();
  expect(await product?.stop(), 'the product ends cleanly').toBe(0);
  expect(troubles).toEqual([]);
}

/** Picks an option of a select by the words shown. */
export async function choose(within: Page | Locator, label: string, option: string): Promise<void> {
  const field = within.getByRole('combobox', { name: label });
  await field.click();
  const page = field.page();
  await page.getByTitle(option, { exact: true }).and(page.locator(':visible')).last().click();
  await field.press('Tab');
}

/** Writes a date (and time) into a picker and takes it. */
export async function pickDate(within: Page | Locator, label: string, text: string): Promise<void> {
  const field = within.getByRole('textbox', { name: label });
  await field.click();
  await field.fill(text);
  await field.press('Enter');
}
