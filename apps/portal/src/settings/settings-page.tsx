import {
  Radio,
  RadioGroup,
  Switch,
  Title3,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import type { JSX } from 'react';
import { useSession } from '../api/session.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { Breakable } from '../components/breakable.tsx';
import { explainMachines, explainPace } from '../shell/cloud-words.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { portalVersion } from '../shell/portal-version.ts';
import { shortcutPreference } from '../shortcuts/shortcut-preference.ts';
import { chooseTheme, themeChoices, useThemeChoice } from '../theme/theme-preference.ts';
import { StoredSection } from './stored-section.tsx';

const useStyles = makeStyles({
  facts: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, auto) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  control: { marginLeft: '-8px' },
});

const themeLabels = { light: 'Light', dark: 'Dark', auto: 'Auto (as this computer)' };

/** How the portal looks and behaves in this browser, what it keeps there, and what it talks to. */
export function SettingsPage(): JSX.Element {
  const styles = usePageStyles();
  const own = useStyles();
  usePageTitle('Settings');
  const theme = useThemeChoice();
  const shortcuts = shortcutPreference.use();
  return (
    <div className={mergeClasses(styles.page, styles.readable)}>
      <Title3 as="h1">Settings</Title3>
      <section className={styles.section}>
        <h2 id="appearance" className={styles.heading}>
          Appearance
        </h2>
        <RadioGroup
          className={own.control}
          aria-labelledby="appearance"
          value={theme}
          onChange={(_, { value }) => {
            const chosen = themeChoices.find((each) => each === value);
            if (chosen) chooseTheme(chosen);
          }}
        >
          {themeChoices.map((each) => (
            <Radio key={each} value={each} label={themeLabels[each]} />
          ))}
        </RadioGroup>
        <p className={styles.quiet}>
          A contrast theme of your system and its wish for less motion are followed in any case.
        </p>
      </section>
      <section className={styles.section}>
        <h2 className={styles.heading}>Keyboard</h2>
        <Switch
          className={own.control}
          label="Shortcuts of single keys"
          checked={shortcuts === 'on'}
          onChange={(_, { checked }) => shortcutPreference.choose(checked ? 'on' : 'off')}
        />
        <p className={styles.quiet}>Press ? for the list of shortcuts while they are on.</p>
      </section>
      <Formats />
      <StoredSection />
      <About />
    </div>
  );
}

function Formats(): JSX.Element {
  const styles = usePageStyles();
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>Formats</h2>
      <p className={styles.text}>
        Dates and numbers are written as your browser’s language wants them: change it there.
      </p>
      <Facts
        facts={{
          Language: navigator.language,
          'Date and time': new Date(2026, 0, 31, 18, 30).toLocaleString(),
          Number: (1_234_567.89).toLocaleString(),
          'Time zone': new Intl.DateTimeFormat().resolvedOptions().timeZone,
        }}
      />
    </section>
  );
}

function About(): JSX.Element {
  const styles = usePageStyles();
  const { data: session } = useSession();
  const cloud = session?.cloud;
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>About</h2>
      <Facts
        facts={{
          Slipway: `Version ${portalVersion}`,
          Cloud: cloud?.displayName,
          Machines: cloud && explainMachines(cloud.machines),
          Pace: explainPace(cloud?.pace),
          'Azure Resource Manager endpoint': cloud?.armEndpoint,
          'DNS suffix': cloud?.dnsSuffix,
        }}
      />
    </section>
  );
}

function Facts({ facts }: { facts: Readonly<Record<string, string | undefined>> }): JSX.Element {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {Object.entries(facts).map(([term, value]) =>
        value
          ? [
              <dt key={term} className={styles.term}>
                {term}
              </dt>,
              <dd key={`${term} value`} className={styles.value}>
                <Breakable text={value} />
              </dd>,
            ]
          : [],
      )}
    </dl>
  );
}
