import type { Page } from '@playwright/test';
import { freshPrivateKey, freshPublicKey } from '../fixtures/ssh-keys.ts';
import { expect, test } from '../fixtures/test.ts';

const field = (page: Page) => page.getByLabel('SSH public key', { exact: true });

/** Ways in which a key gets into the field. */
const ways: Record<string, (page: Page, key: string) => Promise<void>> = {
  pasted: async (page, key) => {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(key)})`);
    await field(page).focus();
    await page.keyboard.press('ControlOrMeta+V');
  },
  typed: async (page, key) => {
    await field(page).pressSequentially(key.slice(0, 60));
  },
  'dropped as text': async (page, key) => {
    // What a browser does with a text that is dropped into a text area.
    await field(page).focus();
    await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(key)})`);
  },
  'dropped as a file': async (page, key) => {
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(key)}], 'id_ed25519'));
      return data;
    })()`);
    await field(page).dispatchEvent('drop', { dataTransfer: transfer });
  },
  'loaded from a file': async (page, key) => {
    await page
      .getByLabel('Public key file')
      .setInputFiles({ name: 'id_ed25519', mimeType: '', buffer: Buffer.from(key) });
  },
};

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const [way, put] of Object.entries(ways)) {
  test(`a private key that is ${way} is refused at the field: not sent, not stored, not in the address`, async ({
    page,
  }) => {
    const sent: string[] = [];
    page.on('request', (request) =>
      sent.push(request.url(), request.postData() ?? '', JSON.stringify(request.headers())),
    );
    // Everything that was ever written, not only what is there at the end.
    await page.addInitScript({
      content: `
        globalThis.written = [];
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (key, value) {
          written.push(key + '=' + value);
          setItem.call(this, key, value);
        };`,
    });
    const key = freshPrivateKey();
    const secret = key.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);

    await page.goto('/create?step=master');
    await field(page).fill(freshPublicKey());
    await field(page).fill('');
    await put(page, key);
    await expect(page.getByText('That was a private key.')).toBeVisible();
    await expect(field(page)).toHaveValue('');

    // Other fields are typed in, saved and checked meanwhile; a reload restores what was kept.
    await page.getByLabel('DNS name prefix', { exact: true }).fill('some-prefix');
    await page.getByLabel('User name', { exact: true }).fill('azureuser');
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    const written = await page.evaluate<string[]>('written');
    expect(written.join('\n'), 'the draft was written').toContain('some-prefix');
    await page.reload();
    await expect(page.getByLabel('DNS name prefix', { exact: true })).toHaveValue('some-prefix');
    await expect(field(page)).toHaveValue('');
    const stored = await page.evaluate(() =>
      [localStorage, sessionStorage].flatMap((area) => Object.values(area)).join('\n'),
    );
    for (const place of [sent.join('\n'), written.join('\n'), stored, page.url()]) {
      expect(place).not.toContain('PRIVATE KEY');
      expect(place).not.toContain(secret);
    }
  });
}
