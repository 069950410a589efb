import { Body1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { type ArmResource, isDeletable } from '@slipway/contract';
import { displayNameOfType, kindOfType } from '@slipway/topology';
import { useQueryClient } from '@tanstack/react-query';
import { type JSX, Suspense, lazy, useState } from 'react';
import { patiently } from '../api/page-code.ts';
import { resourceKey } from '../api/resource.ts';
import { PieceIcon, pieceColor } from '../cluster/topology/piece-look.tsx';
import { HeadCommands } from '../components/head-commands.tsx';
import { placeOf } from './resource-id.ts';

const DeleteResourceDialog = lazy(
  patiently(async () => ({ default: (await import('./delete-resource-dialog.tsx')).DeleteResourceDialog })),
);

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  title: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  icon: { fontSize: '28px', display: 'flex', flexShrink: 0 },
  name: { margin: 0, overflowWrap: 'anywhere', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What the page of a resource begins with: its sign, its name, what it is, and what can be done with it. */
export function ResourceHead({ resource, isPart }: { resource: ArmResource; isPart: boolean }): JSX.Element {
  const styles = useStyles();
  const client = useQueryClient();
  const [deletion, setDeletion] = useState<'never' | 'open' | 'closed'>('never');
  const kind = kindOfType(resource.type);
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <span className={styles.icon} style={{ color: pieceColor(kind) }}>
          <PieceIcon kind={kind} />
        </span>
        <Title2 as="h1" className={styles.name}>
          {placeOf(resource.id).name}
        </Title2>
      </div>
      <Body1 className={styles.quiet}>
        {displayNameOfType(resource.type)}
        {isPart && ', a part of another resource'}
      </Body1>
      <HeadCommands
        onDelete={!isPart && isDeletable(resource.id) ? () => setDeletion('open') : undefined}
        onRefresh={() => void client.invalidateQueries({ queryKey: resourceKey(resource.id) })}
      />
      {deletion !== 'never' && (
        <Suspense>
          <DeleteResourceDialog
            resource={resource}
            open={deletion === 'open'}
            onClose={() => setDeletion('closed')}
          />
        </Suspense>
      )}
    </header>
  );
}
