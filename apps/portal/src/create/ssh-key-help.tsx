import { makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { type System, guessSystem } from '../components/computer-system.ts';
import { CommandLine } from './command-line.tsx';
import { keyInstructions } from './key-instructions.ts';
import { SystemTabs } from './system-tabs.tsx';

const useStyles = makeStyles({
  help: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    marginTop: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 767px)': { padding: tokens.spacingHorizontalM },
  },
  steps: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalM,
  },
  title: {
    margin: `${tokens.spacingVerticalS} 0`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  step: { minWidth: 0 },
  text: { margin: `0 0 ${tokens.spacingVerticalXS}` },
});

/** How to make a key pair on the person's own computer, and where its public half is. */
export default function SshKeyHelp(): JSX.Element {
  const styles = useStyles();
  const [system, setSystem] = useState<System>(() => guessSystem(navigator.userAgent));
  return (
    <section className={styles.help} aria-label="How to make an SSH key">
      <SystemTabs name="key-help" system={system} onChange={setSystem}>
        {keyInstructions[system].map(({ title, steps }) => (
          <div key={title ?? system}>
            {title && <h3 className={styles.title}>{title}</h3>}
            <ol className={styles.steps}>
              {steps.map(({ text, command }) => (
                <li key={text} className={styles.step}>
                  <p className={styles.text}>{text}</p>
                  {command && <CommandLine command={command} />}
                </li>
              ))}
            </ol>
          </div>
        ))}
      </SystemTabs>
    </section>
  );
}
