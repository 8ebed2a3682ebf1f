import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

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
