import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
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
    // Cut where its rest could be the beginning of a public key.
    await field(page).pressSequentially(`${key.slice(0, 60)}s`);
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

/** Everything that a page sends; and everything that it ever writes, not only what is there at the end. */
async function watch(page: Page): Promise<string[]> {
  const sent: string[] = [];
  page.on('request', (request) =>
    sent.push(request.url(), request.postData() ?? '', JSON.stringify(request.headers())),
  );
  await page.addInitScript({
    content: `
      globalThis.written = [];
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        written.push(key + '=' + value);
        setItem.call(this, key, value);
      };`,
  });
  return sent;
}

const storedBy = (page: Page): Promise<string> =>
  page.evaluate(() => [localStorage, sessionStorage].flatMap((area) => Object.values(area)).join('\n'));

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const [way, put] of Object.entries(ways)) {
  test(`a private key that is ${way} is refused at the field: not sent, not stored, not in the address`, async ({
    page,
  }) => {
    const sent = await watch(page);
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
    const stored = await storedBy(page);
    for (const place of [sent.join('\n'), written.join('\n'), stored, page.url()]) {
      expect(place).not.toContain('PRIVATE KEY');
      expect(place).not.toContain(secret);
    }
  });
}

test('a pair that is made here: its file opens with its passphrase, which leaves the page as little as the key', async ({
  page,
}) => {
  const sent = await watch(page);
  const passphrase = 'correct horse battery';
  await page.goto('/create?step=master');
  await page.getByRole('button', { name: 'Make a key pair here' }).click();
  const make = page.getByRole('button', { name: 'Make the pair and download the private key' });
  await page.getByLabel('Passphrase (optional)').fill(passphrase);
  await make.click();
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await page.getByLabel('Passphrase again').fill(passphrase);
  const [download] = await Promise.all([page.waitForEvent('download'), make.click()]);
  await expect(page.getByText('The private key is in your downloads as slipway_ed25519.')).toBeVisible();
  await expect(page.getByText(/chmod 600|icacls/).first()).toBeVisible();
  await expect(page.getByLabel('Passphrase (optional)')).toHaveValue('');

  const file = await download.path();
  chmodSync(file, 0o600);
  const publicKey = execFileSync('ssh-keygen', ['-y', '-P', passphrase, '-f', file], { encoding: 'utf8' });
  await expect(field(page)).toHaveValue(publicKey.trim());
  const listed = execFileSync('ssh-keygen', ['-lf', '-'], { input: publicKey, encoding: 'utf8' });
  const [, fingerprint = ''] = listed.split(' ');
  await expect(page.getByText(`fingerprint ${fingerprint}`)).toBeVisible();

  await page.getByLabel('User name', { exact: true }).fill('azureuser');
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect.poll(() => page.evaluate<string[]>('written').then(String)).toContain('azureuser');
  const secret = readFileSync(file, 'utf8').split('\n')[3] ?? '';
  expect(secret.length).toBeGreaterThan(40);
  const written = await page.evaluate<string[]>('written');
  for (const place of [sent.join('\n'), written.join('\n'), await storedBy(page), page.url()])
    for (const hidden of ['PRIVATE KEY', secret, passphrase]) expect(place).not.toContain(hidden);
});
