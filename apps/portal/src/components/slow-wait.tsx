import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type JSX, type ReactNode, useEffect, useState } from 'react';
import { WaitRing, type WaitSize } from './wait-ring.tsx';

/** After so long a wait asks for words, in milliseconds. */
const longMs = 10_000;

const useStyles = makeStyles({
  wait: { display: 'grid', justifyItems: 'center', gap: tokens.spacingVerticalS, marginBlock: '48px' },
  inline: { justifyItems: 'start', marginBlock: 0 },
  words: { color: tokens.colorNeutralForeground3, textAlign: 'center' },
  wordsInline: { textAlign: 'start' },
});

/** Whether something that began when this was first drawn takes longer than people expect. */
export function useIsLong(isWaiting: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsLong(true), longMs);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isWaiting]);
  return isWaiting && isLong;
}

/** What to say of a wait that has become long; nothing before that. `children` say what can be done about it. */
export function LongWait({
  className,
  children,
}: {
  className?: string | undefined;
  children?: ReactNode;
}): JSX.Element {
  const isLong = useIsLong(true);
  return (
    <output className={className}>
      {isLong && <>This takes longer than usual. {children ?? 'The cloud may be slow at the moment.'}</>}
    </output>
  );
}

/** A wait for something to be read: a spinner with words, more words when it gets long, and a way to ask again. */
export function SlowWait({
  label,
  size = 'medium',
  inline = false,
  onRetry,
}: {
  /** What is being waited for, for example `Reading the topology…`. */
  label: string;
  size?: WaitSize;
  /** In the middle of other content. */
  inline?: boolean;
  onRetry?: (() => void) | undefined;
}): JSX.Element {
  const styles = useStyles();
  const isLong = useIsLong(true);
  return (
    <div className={mergeClasses(styles.wait, inline && styles.inline)}>
      <WaitRing label={label} size={size} below={!inline} />
      <output className={mergeClasses(styles.words, inline && styles.wordsInline)}>
        {isLong && 'This takes longer than usual. The cloud may be slow at the moment.'}
      </output>
      {isLong && onRetry && (
        <Button size="small" onClick={onRetry}>
          Ask again
        </Button>
      )}
    </div>
  );
}
