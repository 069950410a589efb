import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

/** In a list so many tags are named; of the others their number. */
const mostNamed = 2;

const useStyles = makeStyles({
  pills: { display: 'inline-flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, maxWidth: '100%' },
  // As wide as its column, and no reason to make that wider: a long tag would take the other columns' room.
  inList: { '@media (min-width: 768px)': { width: 0, minWidth: '100%' } },
  oneLine: { flexWrap: 'nowrap', overflow: 'hidden', verticalAlign: 'middle' },
  pill: {
    padding: `0 ${tokens.spacingHorizontalSNudge}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    maxWidth: '100%',
    boxSizing: 'border-box',
    overflowWrap: 'anywhere',
    // On a phone there is room to read them whole, and nothing to point with.
    '@media (min-width: 768px)': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  },
});

/** A tag in words, for example `owner: crew`. */
export const tagWords = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).map(([name, value]) => (value === '' ? name : `${name}: ${value}`));

/** Tags beside each other. */
export function TagPills({
  tags,
  isOneLine = false,
  most = mostNamed,
}: {
  tags: Readonly<Record<string, string>>;
  isOneLine?: boolean;
  /** So many are named. */
  most?: number;
}): JSX.Element {
  const styles = useStyles();
  const words = tagWords(tags);
  const rest = words.slice(most);
  return (
    <span
      className={mergeClasses(styles.pills, most === mostNamed && styles.inList, isOneLine && styles.oneLine)}
    >
      {words.slice(0, most).map((tag) => (
        <span key={tag} className={styles.pill} title={tag}>
          {tag}
        </span>
      ))}
      {rest.length > 0 && (
        <span className={styles.pill} title={rest.join('\n')}>
          {rest.length} more
        </span>
      )}
    </span>
  );
}

/** As many as ARM takes: all of them. */
const allTags = 50;

/** The tags of one thing, and the way to where they are changed: `children` makes it of its words. */
export function EditableTags({
  tags,
  children,
}: {
  tags: Readonly<Record<string, string>>;
  children: (words: string) => ReactNode;
}): JSX.Element {
  if (Object.keys(tags).length === 0) return <>{children('Add tags')}</>;
  return (
    <>
      <TagPills tags={tags} most={allTags} /> {children('Edit tags')}
    </>
  );
}
