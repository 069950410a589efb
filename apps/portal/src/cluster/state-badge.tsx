import { Badge } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleRegular,
  DeleteRegular,
  ErrorCircleRegular,
  SubtractCircleRegular,
} from '@fluentui/react-icons';
import type { ClusterState } from '@slipway/contract';
import type { JSX } from 'react';

/** What a cluster is doing, in one word with an icon. */
export function StateBadge({ state }: { state: ClusterState }): JSX.Element {
  switch (state) {
    case 'deploying':
      return (
        <Badge appearance="tint" color="informative" size="large" icon={<ArrowSyncRegular />}>
          Deploying
        </Badge>
      );
    case 'succeeded':
      return (
        <Badge appearance="tint" color="success" size="large" icon={<CheckmarkCircleRegular />}>
          Succeeded
        </Badge>
      );
    case 'failed':
      return (
        <Badge appearance="tint" color="danger" size="large" icon={<ErrorCircleRegular />}>
          Failed
        </Badge>
      );
    case 'canceled':
      return (
        <Badge appearance="tint" color="warning" size="large" icon={<SubtractCircleRegular />}>
          Canceled
        </Badge>
      );
    case 'deleting':
      return (
        <Badge appearance="tint" color="warning" size="large" icon={<DeleteRegular />}>
          Deleting
        </Badge>
      );
  }
}
