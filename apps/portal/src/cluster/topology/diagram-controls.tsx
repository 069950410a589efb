import { Button, Tooltip, makeStyles, tokens } from '@fluentui/react-components';
import { PageFitRegular, ZoomInRegular, ZoomOutRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';

const useStyles = makeStyles({
  controls: {
    position: 'absolute',
    left: '15px',
    bottom: '15px',
    display: 'flex',
    padding: tokens.spacingVerticalXXS,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface DiagramControlsProps {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onFit: () => void;
}

/** Buttons that bring the diagram nearer, further away, or wholly into view; each has its key. */
export function DiagramControls({ onZoomIn, onZoomOut, onFit }: DiagramControlsProps): JSX.Element {
  const styles = useStyles();
  const controls = [
    { label: 'Zoom in', key: '+', icon: <ZoomInRegular />, onClick: onZoomIn },
    { label: 'Zoom out', key: '-', icon: <ZoomOutRegular />, onClick: onZoomOut },
    { label: 'Show the whole diagram', key: '0', icon: <PageFitRegular />, onClick: onFit },
  ];
  return (
    <div className={styles.controls}>
      {controls.map(({ label, key, icon, onClick }) => (
        <Tooltip key={label} content={`${label} (${key})`} relationship="description">
          <Button
            appearance="subtle"
            icon={icon}
            aria-label={label}
            aria-keyshortcuts={key === '+' ? 'Plus' : key}
            onClick={onClick}
          />
        </Tooltip>
      ))}
    </div>
  );
}
