import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType, kindOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { fullResourceName } from './resource-name.ts';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  drawer: { maxWidth: '100vw' },
  body: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    alignContent: 'start',
    paddingBottom: tokens.spacingVerticalXL,
  },
  name: { overflowWrap: 'anywhere' },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  json: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

/** A pane with everything that ARM says of a resource, as text. */
export function ResourceDetails({
  resource,
  onClose,
}: {
  resource: ArmResource | undefined;
  onClose: () => void;
}): JSX.Element {
  const styles = useStyles();
  const path = useClusterPath();
  return (
    <OverlayDrawer
      position="end"
      size="medium"
      className={styles.drawer}
      open={resource !== undefined}
      onOpenChange={(_, data) => !data.open && onClose()}
    >
      {resource && (
        <>
          <DrawerHeader>
            <DrawerHeaderTitle
              action={
                <Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onClose} />
              }
            >
              <span className={styles.name}>{fullResourceName(resource)}</span>
            </DrawerHeaderTitle>
          </DrawerHeader>
          <DrawerBody className={styles.body}>
            <span className={styles.quiet}>
              {displayNameOfType(resource.type)} · {resource.type}
            </span>
            <span>
              <ResourceLink id={resource.id}>Open resource</ResourceLink>
            </span>
            {isMachine(resource) && (
              <span>
                <PageLink
                  to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
                  params={{ ...path, machine: resource.name }}
                >
                  Go to the machine
                </PageLink>
              </span>
            )}
            <div className={styles.head}>
              <strong>Properties</strong>
              <CopyButton text={JSON.stringify(resource, undefined, 2)} label="Copy the properties" />
            </div>
            <pre className={styles.json}>{JSON.stringify(resource, undefined, 2)}</pre>
          </DrawerBody>
        </>
      )}
    </OverlayDrawer>
  );
}

function isMachine({ type }: ArmResource): boolean {
  const kind = kindOfType(type);
  return kind === 'virtualMachine' || kind === 'scaleSetInstance';
}
