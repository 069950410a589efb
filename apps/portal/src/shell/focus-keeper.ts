import { useModalAttributes } from '@fluentui/react-components';

/**
 * Keeps what minds the focus at work while nothing lies over the page: a panel that is the only one to use it would take
 * it away with itself when it closes, before the page behind it is there for screen readers again.
 */
export function FocusKeeper(): null {
  useModalAttributes();
  return null;
}
