import { type PositioningShorthand, Tooltip, resolvePositioningShorthand } from '@fluentui/react-components';
import type { JSX } from 'react';

/** The visible half of `NameTooltip`, loaded when it is to be seen for the first time. */
export function NameTooltipBubble({
  content,
  positioning,
  target,
  visible,
  onStay,
  onHide,
}: {
  content: string;
  positioning: PositioningShorthand;
  target: HTMLElement;
  visible: boolean;
  /** The pointer is on the bubble. */
  onStay: () => void;
  onHide: () => void;
}): JSX.Element {
  return (
    <Tooltip
      // The name is said by its owner already.
      relationship="inaccessible"
      content={{ children: content, onPointerEnter: onStay }}
      positioning={{ ...resolvePositioningShorthand(positioning), target }}
      visible={visible}
      onVisibleChange={(_, data) => {
        if (!data.visible) onHide();
      }}
    />
  );
}
