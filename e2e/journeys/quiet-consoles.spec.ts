import { expect, test } from '../fixtures/test.ts';

test('a complaint of the browser fails the test', async ({ page }) => {
  test.fail();
  await page.goto('/');
  await page.evaluate('console.error("heard")');
});

/** Takes what was heard, so that it does not fail the test. */
const expectHeard = async (complaints: string[], words: RegExp): Promise<void> => {
  await expect.poll(() => complaints.join('\n')).toMatch(words);
  complaints.splice(0);
};

test.describe('a complaint is heard', () => {
  test('from a page of a context that the test opens', async ({ browser, baseURL, complaints }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${baseURL}/`);
    await page.evaluate('console.warn("heard")');
    await expectHeard(complaints, /^warning: heard$/);
    await context.close();
  });

  test('from a window that a page opens', async ({ page, complaints }) => {
    await page.goto('/');
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate('void window.open("/create")'),
    ]);
    await popup.waitForLoadState();
    await popup.evaluate('void setTimeout(() => { throw new Error("heard"); })');
    await expectHeard(complaints, /^page error: heard$/);
  });

  test('about what the content security policy forbids', async ({ page, complaints }) => {
    await page.goto('/');
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.__pwned = 1';
      document.head.append(script);
    }`);
    await expectHeard(complaints, /^error: .*Content Security Policy/s);
    expect(await page.evaluate('"__pwned" in window')).toBe(false);
  });
});
