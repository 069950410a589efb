import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { docker } from './host-engine.ts';
import { linesOf, outputOf } from './programs.ts';

/** No registry is at that port, so an engine that asks for a newer one is refused at once and takes what it has. */
export const testImage = 'localhost:1/slipway-page:1';

/** Serves a page with the container's name at port 80. */
const serve =
  'trap "exit 0" TERM; mkdir -p /www/cgi-bin; hostname >/www/index.html; httpd -f -p 80 -h /www & wait';

/** Makes a throw-away image of the static BusyBox of this computer, and a file of it that `docker load` takes. */
export async function makeTestImage(folder: string, busybox: string): Promise<string> {
  const tree = join(folder, 'image');
  const bin = join(tree, 'bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(tree, 'tmp'));
  copyFileSync(busybox, join(bin, 'busybox'));
  chmodSync(join(bin, 'busybox'), 0o755);
  for (const applet of linesOf(await outputOf(busybox, ['--list'])))
    if (applet !== 'busybox') symlinkSync('busybox', join(bin, applet));
  const packed = join(folder, 'tree.tar');
  await outputOf('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', tree, '-cf', packed, '.']);
  const command = JSON.stringify(['/bin/sh', '-c', serve]);
  await docker('import', '--change', 'ENV PATH=/bin', '--change', `CMD ${command}`, packed, testImage);
  const saved = join(folder, 'slipway-page.tar');
  await docker('save', '--output', saved, testImage);
  return saved;
}
