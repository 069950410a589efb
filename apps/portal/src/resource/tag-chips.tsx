import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { ResourceLink } from '../components/resource-link.tsx';

const useStyles = makeStyles({
  chips: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  chip: {
    paddingInline: tokens.spacingHorizontalS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    overflowWrap: 'anywhere',
  },
});

/** The tags of a resource, each as name and value. */
export function TagChips({ tags, id }: { tags: Readonly<Record<string, string>>; id: string }): JSX.Element {
  const styles = useStyles();
  const entries = Object.entries(tags);
  return (
    <span className={styles.chips}>
      {entries.map(([name, value]) => (
        <span key={name} className={styles.chip}>
          {name}: {value}
        </span>
      ))}
      <ResourceLink id={id} view="tags">
        {entries.length === 0 ? 'Add tags' : 'Edit'}
      </ResourceLink>
    </span>
  );
}
