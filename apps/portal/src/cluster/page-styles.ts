import { makeStyles, tokens } from '@fluentui/react-components';

/** What the pages of a cluster have in common. */
export const usePageStyles = makeStyles({
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: tokens.spacingVerticalXL,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  readable: { maxWidth: '960px' },
  wide: { maxWidth: '1120px' },
  section: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    overflowWrap: 'anywhere',
  },
  oneLine: { whiteSpace: 'nowrap' },
  text: { margin: 0, maxWidth: '70ch', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  /** For screen readers alone. */
  spoken: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
  list: { margin: 0, paddingLeft: '20px', display: 'grid', gap: tokens.spacingVerticalXS },
});
