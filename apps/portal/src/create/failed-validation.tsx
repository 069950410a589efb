import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import type { ApiProblem } from '../api/client.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { problemText } from '../components/problem-text.ts';
import { armMessages } from './arm-messages.ts';
import { FieldLink } from './field-link.tsx';
import { fieldLabels, fieldOfPath, fieldPaths, stepOf } from './fields.ts';
import { useWizard } from './wizard-context.ts';
import { stepTitles } from './wizard-steps.ts';

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    paddingInlineStart: tokens.spacingHorizontalL,
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
  code: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

/** Why the wizard's values cannot be created: each reason with a link to its field. */
export function FailedValidation({ problem }: { problem: ApiProblem | undefined }): JSX.Element {
  const styles = useStyles();
  const { shown } = useWizard();
  const wrong = fieldPaths.filter((path) => shown[path] !== undefined);
  const elsewhere = (problem?.fields ?? []).filter(({ path }) => fieldOfPath(path) === undefined);
  const fromArm = problem?.arm ? armMessages(problem.arm) : [];
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>Validation failed. Required information is missing or not valid.</MessageBarTitle>
        {problem && <div>{problem.message}</div>}
        <ul className={styles.list}>
          {wrong.map((path) => (
            <li key={path}>
              {stepTitles[stepOf(path)]}, <FieldLink path={path}>{fieldLabels[path]}</FieldLink>:{' '}
              {shown[path]}
            </li>
          ))}
          {elsewhere.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path}: {message}
            </li>
          ))}
          {fromArm
            .filter(({ message }) => !problem?.fields.some((field) => field.message.includes(message)))
            .map(({ code, message }) => (
              <li key={`${code} ${message}`}>
                Azure Resource Manager says {code}: {message}
              </li>
            ))}
        </ul>
        {problem && (
          <div className={styles.code}>
            {problem.code} · correlation id {problem.correlationId}
            <CopyButton text={problemText(problem)} label="Copy the error" />
          </div>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
