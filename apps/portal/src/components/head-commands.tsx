import { Toolbar, ToolbarButton, makeStyles, useRestoreFocusTarget } from '@fluentui/react-components';
import { ArrowClockwiseRegular, DeleteRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';

const useStyles = makeStyles({
  toolbar: {
    padding: 0,
    marginLeft: 'auto',
    marginRight: '-12px',
    '@media (max-width: 767px)': { marginLeft: '-12px', marginRight: 0 },
  },
});

/** What can be done with what a page is about. Without `onDelete` it cannot be deleted at all, with `canDelete` false not now. */
export function HeadCommands({
  deleteLabel = 'Delete',
  canDelete = true,
  onDelete,
  onRefresh,
}: {
  deleteLabel?: string;
  canDelete?: boolean;
  onDelete: (() => void) | undefined;
  onRefresh: () => void;
}): JSX.Element {
  const styles = useStyles();
  const restoreFocus = useRestoreFocusTarget();
  return (
    <Toolbar aria-label="Commands" className={styles.toolbar}>
      {onDelete && (
        <ToolbarButton {...restoreFocus} icon={<DeleteRegular />} disabled={!canDelete} onClick={onDelete}>
          {deleteLabel}
        </ToolbarButton>
      )}
      <ToolbarButton icon={<ArrowClockwiseRegular />} onClick={onRefresh}>
        Refresh
      </ToolbarButton>
    </Toolbar>
  );
}
