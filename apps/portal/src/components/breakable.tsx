import { Fragment, type JSX } from 'react';

/** A value that breaks after its dots and slashes where it has to break: names of hosts and ids stay readable in narrow columns. */
export function Breakable({ text }: { text: string }): JSX.Element {
  const parts = [...text.matchAll(/[^./]*(?:[./]+|$)/g)].filter(([part]) => part !== '');
  return (
    <>
      {parts.map(({ 0: part, index }) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}
