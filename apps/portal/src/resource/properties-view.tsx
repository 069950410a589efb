import { SearchBox, makeStyles, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { type JSX, useMemo, useState } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { filteredGroups, propertyGroups } from './property-rows.ts';
import { PropertyValue } from './property-value.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  search: { flexGrow: 1, maxWidth: '320px' },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    tableLayout: 'fixed',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
      textAlign: 'left',
      verticalAlign: 'top',
      overflowWrap: 'anywhere',
    },
  },
  group: {
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
  },
  label: { width: '36%', fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
});

/** Every property of a resource as a table that can be read and searched. */
export function PropertiesView({ resource }: { resource: ArmResource }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const [text, setText] = useState('');
  const groups = useMemo(() => propertyGroups(resource), [resource]);
  const shown = filteredGroups(groups, text);
  const count = shown.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <section className={pageStyles.section} aria-labelledby="resource-properties">
      <div className={styles.head}>
        <h2 className={pageStyles.heading} id="resource-properties">
          Properties
        </h2>
        <SearchBox
          className={styles.search}
          aria-label="Filter the properties"
          placeholder="Filter by name or value"
          value={text}
          onChange={(_, data) => setText(data.value)}
        />
        <output className={pageStyles.quiet}>
          {count} {count === 1 ? 'value' : 'values'}
        </output>
      </div>
      {groups.length === 0 && (
        <p className={pageStyles.text}>Azure Resource Manager tells no properties of it.</p>
      )}
      {groups.length > 0 && shown.length === 0 && (
        <p className={pageStyles.text}>No property has “{text.trim()}” in its name or value.</p>
      )}
      {shown.length > 0 && (
        <table className={styles.table} aria-labelledby="resource-properties">
          {shown.map(({ path, title, rows }) => (
            <tbody key={path}>
              {title.length > 0 && (
                <tr>
                  <th colSpan={2} scope="colgroup" className={styles.group}>
                    {title.join(' › ')}
                  </th>
                </tr>
              )}
              {rows.map((row) => (
                <tr key={row.path} className={styles.row}>
                  <th scope="row" className={styles.label}>
                    {row.label}
                  </th>
                  <td>
                    <PropertyValue value={row.value} ownId={resource.id} />
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}
