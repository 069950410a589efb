import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { WhatIf, WhatIfProperty, WhatIfResource } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { CodeView } from '../components/code-view.tsx';
import { Fold } from '../components/fold.tsx';
import { OutcomeSign } from './outcome-sign.tsx';
import { outcomeOrder, outcomeWords } from './outcome-words.ts';
import { ShowMore } from './show-more.tsx';

const resourcesAtOnce = 50;
const propertiesAtOnce = 50;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
  properties: { gap: tokens.spacingVerticalS },
  property: { overflowWrap: 'anywhere' },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  // What was is struck through by the browsers; what is said must be read without that, too.
  before: { textDecorationLine: 'none' },
  after: { textDecorationLine: 'none', fontWeight: tokens.fontWeightSemibold },
});

/** Every resource by what becomes of it; each opens on its properties in ARM's own words. */
export function WhatIfResources({ resources }: { resources: WhatIf['resources'] }): JSX.Element {
  const styles = useStyles();
  return (
    <div>
      {outcomeOrder.map((outcome) => {
        const some = resources.filter((each) => each.outcome === outcome);
        if (some.length === 0) return undefined;
        const title = `${outcomeWords[outcome]} (${some.length})`;
        return (
          <Fold
            key={outcome}
            title={
              <>
                <OutcomeSign outcome={outcome} /> {title}
              </>
            }
          >
            <ShowMore atOnce={resourcesAtOnce} label={title} className={styles.list}>
              {some.map((resource) => (
                <li key={resource.id}>
                  <Resource resource={resource} />
                </li>
              ))}
            </ShowMore>
          </Fold>
        );
      })}
    </div>
  );
}

function Resource({ resource }: { resource: WhatIfResource }): JSX.Element {
  const styles = usePageStyles();
  const own = useStyles();
  const { id, type, name, armChange, reason, properties, before, after } = resource;
  const payload = after ?? before;
  return (
    <Fold
      title={
        <>
          {name} <span className={styles.quiet}>{displayNameOfType(type)}</span>
        </>
      }
    >
      <span className={mergeClasses(styles.quiet, own.property)}>
        {type} · {armChange}
        <br />
        {id}
      </span>
      {reason !== undefined && <p className={styles.text}>{reason}</p>}
      {properties.length > 0 && (
        <ShowMore
          atOnce={propertiesAtOnce}
          label={`Properties of ${name} that would change`}
          className={mergeClasses(own.list, own.properties)}
        >
          {properties.map((property) => (
            <Property key={`${property.path} ${property.change}`} property={property} />
          ))}
        </ShowMore>
      )}
      {payload && (
        <CodeView
          title={after ? 'The resource as it would be' : 'The resource as it is'}
          text={JSON.stringify(payload, undefined, 2)}
        />
      )}
    </Fold>
  );
}

function Property({
  property: { path, change, before, after, doubt },
}: {
  property: WhatIfProperty;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <li className={styles.property}>
      <OutcomeSign outcome={doubt === undefined ? change : 'uncertain'} />{' '}
      <span className={styles.code}>{path}</span>
      <br />
      {change !== 'added' && (
        <del className={mergeClasses(styles.code, styles.before)}>{valueText(before)}</del>
      )}
      {change === 'changed' && ' → '}
      {change === 'added' && 'Added: '}
      {change !== 'removed' && (
        <ins className={mergeClasses(styles.code, styles.after)}>{valueText(after)}</ins>
      )}
      {change === 'removed' && ' → removed'}
      {doubt !== undefined && <div className={pageStyles.quiet}>{doubt}</div>}
    </li>
  );
}

/** ARM leaves out what is secret. */
function valueText(value: unknown): string {
  if (value === undefined) return 'a value that is never shown';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
