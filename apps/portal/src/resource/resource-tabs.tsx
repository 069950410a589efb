import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { resourceSplat } from '../components/resource-address.ts';
import { useTabStyles } from '../components/tab-styles.ts';
import { type ResourceView, viewWords } from './resource-views.ts';
import { hasOverview } from './type-overviews.ts';

const useStyles = makeStyles({
  tabs: {
    flexShrink: 0,
    marginInline: tokens.spacingHorizontalXXL,
    '@media (max-width: 767px)': { marginInline: tokens.spacingHorizontalL },
  },
});

/** The views of a resource, as links: the address tells which one is shown. */
export function ResourceTabs({
  resource,
  view,
  isPart,
}: {
  resource: ArmResource;
  view: ResourceView;
  isPart: boolean;
}): JSX.Element {
  const tabStyles = useTabStyles();
  const styles = useStyles();
  return (
    <nav aria-label="Views of this resource" className={mergeClasses(tabStyles.tabs, styles.tabs)}>
      {viewsOf(resource.type, isPart).map((each) => (
        <Link
          key={each}
          to="/resources/$"
          params={{ _splat: resourceSplat(resource.id) }}
          search={{ view: each }}
          className={tabStyles.tab}
          activeProps={{ 'aria-current': undefined }}
          aria-current={each === view ? 'page' : undefined}
          {...(each === view ? { ref: bringIntoView } : {})}
        >
          {viewWords[each]}
        </Link>
      ))}
    </nav>
  );
}

/** Where the tabs are wider than the page, the present one is to be seen. */
const bringIntoView = (link: HTMLAnchorElement | null): void =>
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** Tags, locks and the activity log are kept for whole resources. */
function viewsOf(type: string, isPart: boolean): ResourceView[] {
  return [
    ...(hasOverview(type) ? (['overview'] as const) : []),
    'properties',
    ...(isPart ? [] : (['relations', 'activity', 'tags', 'locks'] as const)),
    'json',
  ];
}
