/** A story of people with a phone and people at a desk, in a product of its own. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Product, startProduct } from './product.ts';
import { openAs, openTab, PC, PHONE, type Tab } from './tabs.ts';

export interface PhoneAndDesk {
  readonly product: Pick<Product, 'h5' | 'phone'>;
  readonly phone: Tab;
  readonly pc: Tab;
  /** Signed in as somebody, at a page. */
  open(tab: Tab, who: Parameters<typeof openAs>[2], path: string): Promise<Page>;
  /** What a page complains about is a fault of it, whatever the story says. */
  quiet(): void;
}

/** To be called where the story begins: all of it is there before its first part, and gone after its last. */
export function phoneAndDesk(): PhoneAndDesk {
  let running: Product | undefined;
  const product = {
    get h5(): string {
      return begun(running).h5;
    },
    get phone(): string {
      return begun(running).phone;
    },
  };
  const phone = laterTab(PHONE);
  const pc = laterTab(PC);
  beforeAll(async () => {
    running = await startProduct();
    await Promise.all([phone.open(), pc.open()]);
  });
  afterAll(async () => {
    for (const tab of [phone, pc]) await tab.close();
    await running?.stop();
  });
  return {
    product,
    phone,
    pc,
    open: (tab, who, path) => openAs(product, tab, who, path),
    quiet: () => expect([...phone.complaints, ...pc.complaints]).toEqual([]),
  };
}

/** A tab by the name a story gives it, before there is a browser. */
function laterTab(screen: typeof PHONE | typeof PC): Tab & { open(): Promise<void> } {
  let tab: Tab | undefined;
  return {
    get page() {
      return begun(tab).page;
    },
    get complaints() {
      return begun(tab).complaints;
    },
    async open() {
      tab = await openTab(screen);
    },
    async close() {
      await tab?.close();
    },
  };
}

function begun<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the story has not begun');
  return one;
}
