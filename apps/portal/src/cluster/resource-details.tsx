import { makeStyles, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType, kindOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { JsonText } from '../components/json-text.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import { SidePane } from '../components/side-pane.tsx';
import { fullResourceName } from './resource-name.ts';
import { useClusterPath } from './use-cluster-path.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
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
  const json = JSON.stringify(resource, undefined, 2);
  return (
    <SidePane
      title={resource ? fullResourceName(resource) : ''}
      size="medium"
      open={resource !== undefined}
      onClose={onClose}
    >
      {resource && (
        <>
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
            <CopyButton text={json} label="Copy the properties" />
          </div>
          <JsonText text={json} />
        </>
      )}
    </SidePane>
  );
}

function isMachine({ type }: ArmResource): boolean {
  const kind = kindOfType(type);
  return kind === 'virtualMachine' || kind === 'scaleSetInstance';
}
