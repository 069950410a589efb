import { makeStyles, tokens } from '@fluentui/react-components';

/** What the panes beside the diagram have in common; on a phone they are sheets that leave the diagram in sight. */
export const usePanelStyles = makeStyles({
  panel: {
    width: '360px',
    flexShrink: 0,
    boxSizing: 'border-box',
    overflow: 'auto',
    padding: tokens.spacingHorizontalL,
    display: 'grid',
    alignContent: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    // Else a message bar, whose overflow is hidden, gives up its height in a panel that scrolls.
    gridAutoRows: 'max-content',
    gap: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
    '@media (max-width: 767px)': {
      order: 1,
      width: '100%',
      maxHeight: '52%',
      borderTop: `1px solid ${tokens.colorNeutralStroke1}`,
      borderRadius: `${tokens.borderRadiusXLarge} ${tokens.borderRadiusXLarge} 0 0`,
      boxShadow: tokens.shadow16,
    },
  },
  atStart: { '@media (min-width: 768px)': { borderRight: `1px solid ${tokens.colorNeutralStroke2}` } },
  atEnd: { '@media (min-width: 768px)': { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` } },
  head: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: tokens.spacingHorizontalS },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    outlineStyle: 'none',
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  text: { margin: 0 },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  // As high as a finger needs it.
  link: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    border: 'none',
    backgroundColor: 'transparent',
    font: 'inherit',
    textAlign: 'left',
    color: tokens.colorBrandForegroundLink,
    cursor: 'pointer',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});
