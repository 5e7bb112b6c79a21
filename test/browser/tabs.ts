/** Browsers of several people in one story, and what every page of it must hold. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import { Client } from '../support/client.ts';
import { axeFaults } from './axe.ts';
import { complaintsOf, openBrowser, picture, type Product } from './product.ts';

export const PHONE = { width: 375, height: 667, touch: true } as const;
export const PC = { width: 1280, height: 800 } as const;

export interface Tab {
  readonly page: Page;
  /** What the page complained of in its console. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A browser of its own, with cookies of its own. */
export async function openTab(screen: typeof PHONE | typeof PC): Promise<Tab> {
  const context = await openBrowser(screen);
  const page = await context.newPage();
  return { page, complaints: complaintsOf(page), close: () => context.close() };
}

/** Through the real OAuth pages; the member is named in the address as a script may. */
export async function openAs(
  product: Pick<Product, 'h5'>,
  { page }: Tab,
  who: CastKey | { readonly userid: string },
  path: string,
): Promise<Page> {
  const member = typeof who === 'string' ? demoCast[who].userid : who.userid;
  await page.goto(`${product.h5}/api/auth/login?switch=1&return=${encodeURIComponent(path)}`);
  const authorize = page.url().replace('#wechat_redirect', '');
  await page.goto(`${authorize}&sandbox_member=${member}`);
  return page;
}

/** The same person by the API alone, for what the story is not about. */
export async function clientAs(product: Pick<Product, 'h5'>, who: CastKey): Promise<Client> {
  const client = new Client(product.h5);
  await client.signIn(demoCast[who].userid);
  return client;
}

/** No fault of axe in light and dark, nothing sideways; with a picture of each. */
export async function expectSound(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const faults: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(150);
    await picture(page, `${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`);
    faults.push(...(await axeFaults(page)).map((fault) => `${name} ${colorScheme}: ${fault}`));
  }
  const isWide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
  );
  expect([...faults, ...(isWide ? [`${name}: sideways`] : [])]).toEqual([]);
}
