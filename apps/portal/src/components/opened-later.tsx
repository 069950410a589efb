import {
  type ComponentType,
  type JSX,
  type RefCallback,
  type RefObject,
  Suspense,
  lazy,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { patiently } from '../api/page-code.ts';

/** What `openedLater` loads takes this for its button. */
export interface OpenedProps {
  ref?: RefCallback<HTMLButtonElement> | undefined;
}

/** What the button itself takes, and hands on to its element with whatever else it is given. */
export interface OpeningProps extends OpenedProps {
  'aria-expanded'?: boolean;
  'aria-haspopup'?: 'menu' | 'dialog';
  onClick?: () => void;
  onFocus?: () => void;
  onPointerEnter?: () => void;
}

/**
 * A button and what it opens over the page, whose code comes when somebody is about to press it: menus and panels need
 * a good part of Fluent, and most visits open none. `load` gives the button together with what it opens; until that is
 * there `Trigger` stands in its place and looks the same.
 */
export function openedLater<Props extends object>(
  Trigger: ComponentType<Props & OpeningProps>,
  opens: 'menu' | 'dialog',
  load: () => Promise<ComponentType<Props & OpenedProps>>,
): ComponentType<Props> {
  const loadPatiently = patiently(load);
  const Opened = lazy(async () => ({ default: pressedOnce(await loadPatiently()) }));
  const prepare = (): void => void loadPatiently();
  return function OpenedLater(props: Props): JSX.Element {
    const [isWanted, setIsWanted] = useState(false);
    const shown = useRef<HTMLButtonElement>(null);
    const wasPressed = useRef(false);
    // It is another element while it waits, and the focus stays with the person.
    const keepFocus = useCallback((button: HTMLButtonElement | null) => {
      shown.current = button;
      if (wasPressed.current && document.activeElement === document.body) button?.focus();
    }, []);
    const trigger = (
      <Trigger
        {...props}
        ref={keepFocus}
        aria-expanded={false}
        aria-haspopup={opens}
        onClick={() => {
          wasPressed.current = true;
          setIsWanted(true);
        }}
        onFocus={prepare}
        onPointerEnter={prepare}
      />
    );
    if (!isWanted) return trigger;
    return (
      <Suspense
        fallback={
          <>
            {trigger}
            <Waiting button={shown} onLeave={() => setIsWanted(false)} />
          </>
        }
      >
        <Opened {...props} />
      </Suspense>
    );
  };
}

/** Who turns to something else before the part is there does not want it any more: it must not open over that. */
function Waiting({
  button,
  onLeave,
}: {
  button: RefObject<HTMLButtonElement | null>;
  onLeave: () => void;
}): null {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape' || key === 'Tab') leave();
    };
    const onPress = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node && button.current?.contains(target))) leave();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [button]);
  return null;
}

/** Presses the button of a part as soon as that is there, as the person has pressed the one that stood in its place. */
function pressedOnce<Props extends object>(Part: ComponentType<Props & OpenedProps>): ComponentType<Props> {
  return function PressedOnce(props: Props): JSX.Element {
    const [button, setButton] = useState<HTMLButtonElement | null>(null);
    useEffect(() => {
      // What gives the focus back to the button in the end looks where it is only a moment after the part was drawn.
      const timer = setTimeout(() => {
        button?.focus();
        button?.click();
      });
      return () => clearTimeout(timer);
    }, [button]);
    return <Part {...props} ref={setButton} />;
  };
}
