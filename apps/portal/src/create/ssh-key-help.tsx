import { Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { type JSX, useState } from 'react';
import { type System, guessSystem, systemNames, systems } from '../components/computer-system.ts';
import { CommandLine } from './command-line.tsx';
import { keyInstructions } from './key-instructions.ts';

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
  tabs: { marginInline: `calc(-1 * ${tokens.spacingHorizontalM})` },
  steps: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalM,
  },
  step: { minWidth: 0 },
  text: { margin: `0 0 ${tokens.spacingVerticalXS}` },
});

/** How to make a key pair on the person's own computer, and where its public half is. */
export function SshKeyHelp(): JSX.Element {
  const styles = useStyles();
  const [system, setSystem] = useState<System>(() => guessSystem(navigator.userAgent));
  return (
    <section className={styles.help} aria-label="How to make an SSH key">
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={system}
        onTabSelect={(_, data) => {
          const chosen = systems.find((each) => each === data.value);
          if (chosen) setSystem(chosen);
        }}
      >
        {systems.map((each) => (
          <Tab key={each} value={each} id={`key-tab-${each}`} aria-controls="key-instructions">
            {systemNames[each]}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id="key-instructions" aria-labelledby={`key-tab-${system}`}>
        <ol className={styles.steps}>
          {keyInstructions[system].map(({ text, command }) => (
            <li key={text} className={styles.step}>
              <p className={styles.text}>{text}</p>
              {command && <CommandLine command={command} />}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
