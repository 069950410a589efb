import { makeStyles, tokens } from '@fluentui/react-components';

/** A table that becomes stacked cards on narrow screens; cells name themselves there by `data-label`. */
export const useTableStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '& th, & td': {
      padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
      textAlign: 'left',
      verticalAlign: 'top',
      overflowWrap: 'anywhere',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
    '& thead th': { overflowWrap: 'normal' },
    '@media (max-width: 767px)': { display: 'block' },
    '@media (max-width: 767px) and (min-width: 0px)': { '& tbody': { display: 'block' } },
  },
  head: {
    '@media (max-width: 767px)': {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
  },
  row: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '@media (max-width: 767px)': {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      paddingBlock: tokens.spacingVerticalS,
      '& td': {
        display: 'grid',
        gridTemplateColumns: '84px minmax(0, 1fr)',
        gap: tokens.spacingHorizontalS,
        paddingBlock: tokens.spacingVerticalXXS,
      },
      '& td::before': { content: 'attr(data-label)', color: tokens.colorNeutralForeground3 },
    },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  detail: { '@media (max-width: 767px)': { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' } },
});
