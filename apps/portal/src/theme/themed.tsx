import {
  FluentProvider,
  RendererProvider,
  createDOMRenderer,
  makeStyles,
  tokens,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { type JSX, type ReactNode, useEffect } from 'react';
import { useIsDark } from './theme-preference.ts';

/** Fluent's dark theme; what is pointed at is a little darker there, or links on it would have too little contrast. */
const darkTheme = { ...webDarkTheme, colorNeutralBackground1Hover: '#313131' };

/** The nonce under which the content security policy lets this page add style elements. */
function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.getAttribute('nonce') || undefined;
}

const nonce = styleNonce();
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});

const useStyles = makeStyles({
  page: { minHeight: '100dvh', backgroundColor: tokens.colorNeutralBackground2 },
});

/** Fluent's styles under the page's nonce, in the chosen theme. */
export function Themed({ children }: { children: ReactNode }): JSX.Element {
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <ChosenTheme>{children}</ChosenTheme>
    </RendererProvider>
  );
}

/** Apart, because its own styles belong to the renderer above it. */
function ChosenTheme({ children }: { children: ReactNode }): JSX.Element {
  const styles = useStyles();
  const dark = useIsDark();
  useEffect(() => {
    const { dataset, style } = document.documentElement;
    dataset['theme'] = dark ? 'dark' : 'light';
    style.colorScheme = dataset['theme'];
  }, [dark]);
  return (
    <FluentProvider theme={dark ? darkTheme : webLightTheme}>
      {/* Not on the provider: its class also goes to what lies over the page. */}
      <div className={styles.page}>{children}</div>
    </FluentProvider>
  );
}
