import { Link, makeStyles } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';
import { type FieldPath, stepOf } from './fields.ts';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({ link: { verticalAlign: 'baseline' } });

/** Goes to a field: opens its blade and puts the focus there. */
export function FieldLink({ path, children }: { path: FieldPath; children: ReactNode }): JSX.Element {
  const styles = useStyles();
  const { open } = useWizard();
  return (
    <Link as="button" type="button" inline className={styles.link} onClick={() => open(stepOf(path), path)}>
      {children}
    </Link>
  );
}
