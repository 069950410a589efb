import { makeStyles, tokens } from '@fluentui/react-components';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { type JSX, Suspense, useEffect, useRef, useState } from 'react';
import { useSession } from '../api/session.ts';
import { narrowQuery, tabletQuery, useMediaQuery } from '../components/media-query.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { DeploymentWatch } from '../notifications/deployment-watch.tsx';
import { LateToasts } from '../notifications/late-toasts.tsx';
import type { ShortcutAction } from '../shortcuts/shortcut-keys.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { Header } from './header.tsx';
import { LateFocusKeeper } from './late-focus-keeper.tsx';
import { LaterPart } from './later-part.tsx';
import { CloudPreparation, CloudProblem, SearchPanel, ShortcutsDialog, SignInPage } from './later-parts.tsx';
import { Navigation, navigationId } from './navigation.tsx';
import { navigationFold } from './navigation-fold.ts';
import { PagePending } from './page-pending.tsx';

const useStyles = makeStyles({
  shell: {
    height: '100dvh',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    gridTemplateAreas: '"header header" "navigation main"',
    color: tokens.colorNeutralForeground1,
    '@media (max-width: 767px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: 'auto auto minmax(0, 1fr)',
      gridTemplateAreas: '"header" "navigation" "main"',
    },
  },
  main: {
    gridArea: 'main',
    // What is placed out of sight scrolls with the page: else it would make room below the window for nothing.
    position: 'relative',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground2,
    outlineStyle: 'none',
  },
  page: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
  problem: { padding: tokens.spacingHorizontalXL },
  skip: {
    position: 'fixed',
    top: tokens.spacingVerticalS,
    left: tokens.spacingHorizontalS,
    zIndex: 1000,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    border: `2px solid ${tokens.colorStrokeFocus2}`,
    ':not(:focus)': { transform: 'translateY(-200%)' },
  },
});

/** Header, navigation, and the page beside them; the sign-in page instead while nobody is signed in. */
export function AppShell(): JSX.Element {
  const styles = useStyles();
  const session = useSession();
  const problem = useShownProblem(session);
  const narrow = useMediaQuery(narrowQuery);
  const tablet = useMediaQuery(tabletQuery);
  const fold = navigationFold.use();
  const wideOpen = fold === 'auto' ? !tablet : fold === 'open';
  const [narrowOpen, setNarrowOpen] = useState(false);
  const { pathname } = useLocation();
  const main = useFocusOnNewPage(pathname);
  const parts = useOpenPart(session.data !== undefined);

  if (session.data?.signInRequired && !session.data.signedIn)
    return (
      <Suspense fallback={<PagePending />}>
        <SignInPage />
      </Suspense>
    );

  const open = narrow ? narrowOpen : wideOpen;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <Header
        session={session.data}
        navigationOpen={open}
        navigationId={navigationId}
        onToggleNavigation={() =>
          narrow ? setNarrowOpen(!open) : navigationFold.choose(open ? 'folded' : 'open')
        }
        onSearch={() => parts.open('search')}
      />
      <Navigation open={open} narrow={narrow} onChosen={() => setNarrowOpen(false)} />
      <main id="main" className={styles.main} tabIndex={-1} ref={main}>
        <Suspense fallback={null}>
          {session.data?.cloud?.problem && (
            <CloudProblem problem={session.data.cloud.problem} onRetry={() => void session.refetch()} />
          )}
          {session.data?.cloud?.preparation !== undefined && (
            <CloudPreparation preparation={session.data.cloud.preparation} />
          )}
        </Suspense>
        <Breadcrumb />
        <div className={styles.page}>
          {session.data && <Outlet />}
          {session.isPending && !problem && <PagePending />}
          {problem && !session.data && (
            <div className={styles.problem}>
              <ProblemBar
                problem={problem}
                title="The portal could not start."
                onRetry={() => void session.refetch()}
              />
            </div>
          )}
        </div>
      </main>
      {session.data && <DeploymentWatch />}
      {parts.wanted.has('search') && (
        <LaterPart>
          <SearchPanel
            open={parts.openPart === 'search'}
            onClose={parts.close}
            onShortcuts={() => parts.open('shortcuts')}
          />
        </LaterPart>
      )}
      {parts.wanted.has('shortcuts') && (
        <LaterPart>
          <ShortcutsDialog open={parts.openPart === 'shortcuts'} onClose={parts.close} />
        </LaterPart>
      )}
      <LateToasts />
      <LateFocusKeeper />
    </div>
  );
}

type Part = 'search' | 'shortcuts';

/**
 * Which part lies over the page, and which were wanted in this visit: those stay, for a dialog that goes away as a whole
 * leaves the page hidden from screen readers. The focus goes back to where it was when one closes.
 */
function useOpenPart(isReady: boolean) {
  const navigate = useNavigate();
  const [openPart, setOpenPart] = useState<Part | undefined>(undefined);
  const [wanted, setWanted] = useState<ReadonlySet<Part>>(new Set());
  const before = useRef<Element | null>(null);
  const open = (part: Part): void => {
    if (openPart === undefined) before.current = document.activeElement;
    setOpenPart(part);
    setWanted((known) => new Set([...known, part]));
  };
  const close = (): void => setOpenPart(undefined);
  useEffect(() => {
    if (openPart === undefined && before.current instanceof HTMLElement) before.current.focus();
  }, [openPart]);
  useEffect(() => {
    if (openPart === undefined) return;
    // The part itself hears keys only while the focus is in it, which something else may have taken for a moment.
    const onKey = ({ key, defaultPrevented, isComposing }: KeyboardEvent): void => {
      if (key === 'Escape' && !defaultPrevented && !isComposing) setOpenPart(undefined);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [openPart]);
  useShortcuts((action: ShortcutAction) => {
    if (!isReady) return;
    if (action.kind === 'page') void navigate({ to: action.to });
    else open(action.kind);
  });
  return { openPart, wanted, open, close };
}

/** Moves the focus to the page when another one opens, so that keyboard and screen reader start there. */
function useFocusOnNewPage(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const page = pathname.split('/').slice(0, 5).join('/');
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo({ top: 0 });
  }, [page]);
  return main;
}
