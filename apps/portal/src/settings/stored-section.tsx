import { Button } from '@fluentui/react-components';
import { type JSX, useSyncExternalStore } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useTableStyles } from '../cluster/table-styles.ts';
import {
  browserStorage,
  browserStorageVersion,
  onBrowserStorageChange,
} from '../cluster/topology/explorer/browser-storage.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { chooseTheme } from '../theme/theme-preference.ts';
import { type StoredKind, storedData } from './stored-data.ts';

/** What the portal keeps in this browser, and the way to clear it. */
export function StoredSection(): JSX.Element {
  const styles = usePageStyles();
  const table = useTableStyles();
  const { dismissEnded } = useNotificationStore();
  useSyncExternalStore(onBrowserStorageChange, browserStorageVersion);
  const stored = storedData(localStorage);
  const clear = ({ id, keys }: StoredKind): void => {
    if (id === 'notifications') dismissEnded();
    if (id === 'choices') chooseTheme('auto');
    for (const key of keys) browserStorage().removeItem(key);
  };
  return (
    <section className={styles.section} aria-labelledby="stored">
      <h2 id="stored" className={styles.heading}>
        Stored in this browser
      </h2>
      <p className={styles.text}>
        The portal keeps this on this computer only. It holds no secrets. Clearing it changes nothing in the
        cloud.
      </p>
      {stored.length === 0 ? (
        <p className={styles.text}>Nothing is stored.</p>
      ) : (
        <>
          <table className={table.table} aria-labelledby="stored">
            <thead className={table.head}>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Content</th>
                <th scope="col">Size</th>
                <th scope="col">Command</th>
              </tr>
            </thead>
            <tbody>
              {stored.map((kind) => (
                <tr key={kind.id} className={table.row}>
                  <td data-label="What">{kind.label}</td>
                  <td data-label="Content">{kind.what}</td>
                  <td data-label="Size">{sizeText(kind.size)}</td>
                  <td data-label="Command">
                    <Button size="small" aria-label={`Clear: ${kind.label}`} onClick={() => clear(kind)}>
                      Clear
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className={styles.actions}>
            <Button onClick={() => stored.forEach(clear)}>Clear all</Button>
          </div>
        </>
      )}
    </section>
  );
}

const sizeText = (characters: number): string =>
  characters < 1_000 ? '< 1 kB' : `${Math.round(characters / 1_000).toLocaleString()} kB`;
