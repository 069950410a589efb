import { type PositioningShorthand, useMergedRefs } from '@fluentui/react-components';
import {
  type JSX,
  type ReactElement,
  type Ref,
  Suspense,
  cloneElement,
  lazy,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { patiently } from '../api/page-code.ts';

const Bubble = lazy(
  patiently(async () => ({ default: (await import('./name-tooltip-bubble.tsx')).NameTooltipBubble })),
);

/** How long a pointer rests on something before its name appears, and stays after it has left, in milliseconds. */
const delayMs = 250;

interface NamedProps {
  ref?: Ref<HTMLElement>;
  'aria-label'?: string;
  'aria-expanded'?: boolean | 'true' | 'false' | undefined;
  'aria-haspopup'?: unknown;
}

/**
 * Names its child, which has no text of its own, and shows the name to whoever points at it or comes to it by keyboard.
 * It is Fluent's tooltip, but loads what that needs to find its place only when it is to be seen.
 */
export function NameTooltip({
  content,
  positioning = 'above',
  visible,
  children,
}: {
  content: string;
  positioning?: PositioningShorthand;
  /** Shown whatever the pointer does. */
  visible?: boolean;
  children: ReactElement<NamedProps>;
}): JSX.Element {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [isPointedAt, setIsPointedAt] = useState(false);
  const [isWanted, setIsWanted] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useCallback((to: boolean, afterMs: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsPointedAt(to), afterMs);
    if (to) setIsWanted(true);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!target) return;
    const enter = (): void => change(true, delayMs);
    const leave = (): void => change(false, delayMs);
    const focus = (): void => {
      // Not when a closing menu gives the focus back to the button that a finger has pressed.
      if (target.matches(':focus-visible')) change(true, delayMs);
    };
    const blur = (): void => change(false, 0);
    target.addEventListener('pointerenter', enter);
    target.addEventListener('pointerleave', leave);
    target.addEventListener('focus', focus);
    target.addEventListener('blur', blur);
    return () => {
      target.removeEventListener('pointerenter', enter);
      target.removeEventListener('pointerleave', leave);
      target.removeEventListener('focus', focus);
      target.removeEventListener('blur', blur);
    };
  }, [target, change]);

  const { ref, 'aria-haspopup': opens, 'aria-expanded': expanded } = children.props;
  const merged = useMergedRefs<HTMLElement>(ref, setTarget);
  // What it has opened would lie under its name.
  const isOpen = opens !== undefined && (expanded === true || expanded === 'true');
  return (
    <>
      {cloneElement(children, { 'aria-label': content, ref: merged })}
      {(isWanted || visible) && target && (
        <Suspense fallback={null}>
          <Bubble
            content={content}
            positioning={positioning}
            target={target}
            visible={!isOpen && (visible || isPointedAt)}
            onStay={() => clearTimeout(timer.current)}
            onHide={() => change(false, 0)}
          />
        </Suspense>
      )}
    </>
  );
}

// A menu's trigger gives what it has for the button to the button, through this.
NameTooltip.isFluentTriggerComponent = true;
