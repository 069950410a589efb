import { Button, Tooltip, makeStyles, tokens } from '@fluentui/react-components';
import { PageFitRegular, ZoomInRegular, ZoomOutRegular } from '@fluentui/react-icons';
import { Panel, useReactFlow } from '@xyflow/react';
import type { JSX } from 'react';
import type { Extent } from './start-viewport.ts';

const useStyles = makeStyles({
  controls: {
    display: 'flex',
    padding: tokens.spacingVerticalXXS,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** Buttons that bring the diagram nearer, further away, or wholly into view. */
export function DiagramControls({ extent }: { extent: Extent }): JSX.Element {
  const styles = useStyles();
  const flow = useReactFlow();
  const fit = (): void => {
    void flow.fitBounds({ x: 0, y: 0, width: extent.width, height: extent.height }, { padding: 0.02 });
  };
  return (
    <Panel position="bottom-left" className={styles.controls}>
      <Tooltip content="Zoom in" relationship="label">
        <Button appearance="subtle" icon={<ZoomInRegular />} onClick={() => void flow.zoomIn()} />
      </Tooltip>
      <Tooltip content="Zoom out" relationship="label">
        <Button appearance="subtle" icon={<ZoomOutRegular />} onClick={() => void flow.zoomOut()} />
      </Tooltip>
      <Tooltip content="Show the whole diagram" relationship="label">
        <Button appearance="subtle" icon={<PageFitRegular />} onClick={fit} />
      </Tooltip>
    </Panel>
  );
}
