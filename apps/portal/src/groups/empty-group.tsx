import { AppsListRegular } from '@fluentui/react-icons';
import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';
import type { ListMessageWords } from '../components/resource-list/list-message.tsx';
import { CreateInGroup } from './create-in-group.tsx';

/** What the pages of a resource group say where there is nothing in it. */
export const emptyGroup = (path: GroupPath): ListMessageWords => ({
  icon: <AppsListRegular />,
  title: 'This resource group is empty',
  text: 'A container service can be created in it.',
  action: <CreateInGroup path={path} />,
});
