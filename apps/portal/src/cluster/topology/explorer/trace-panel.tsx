import {
  Button,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowCircleDownRegular, DismissRegular } from '@fluentui/react-icons';
import { type Hop, type Trace, type TracePath, suggestConnections } from '@slipway/topology';
import { type FormEvent, type JSX, useEffect, useMemo, useRef, useState } from 'react';
import { useExplorer } from './explorer-context.ts';
import { OutcomeIcon } from './outcome-icon.tsx';
import { usePanelStyles } from './panel-styles.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: tokens.spacingHorizontalS },
  outcome: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    borderLeft: '3px solid',
    fontWeight: tokens.fontWeightSemibold,
    '& svg': { fontSize: '20px' },
  },
  good: {
    borderLeftColor: tokens.colorStatusSuccessBorder2,
    backgroundColor: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
  },
  bad: {
    borderLeftColor: tokens.colorStatusDangerBorder2,
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
  },
  partly: {
    borderLeftColor: tokens.colorStatusWarningBorder2,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
  },
  dashed: { borderLeftStyle: 'dashed' },
  hops: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  hop: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    paddingBottom: tokens.spacingVerticalM,
    // The line from hop to hop.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      left: '13px',
      top: '28px',
      bottom: 0,
      borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    },
  },
  number: {
    width: '24px',
    height: '24px',
    margin: '2px 0 0 2px',
    borderRadius: tokens.borderRadiusCircular,
    display: 'grid',
    placeItems: 'center',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    border: `1px solid transparent`,
  },
  arrives: { backgroundColor: tokens.colorStatusSuccessBackground3 },
  blocked: { backgroundColor: tokens.colorStatusDangerBackground3 },
  // The number's own colour is for dark grounds, which that of a warning is not.
  notTraced: {
    color: tokens.colorStatusWarningForeground1,
    backgroundColor: tokens.colorStatusWarningBackground1,
    border: `2px dashed ${tokens.colorStatusWarningBorderActive}`,
  },
  open: {
    padding: tokens.spacingHorizontalS,
    borderLeft: `3px dashed ${tokens.colorStatusWarningBorderActive}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
  },
  stopped: {
    padding: tokens.spacingHorizontalS,
    borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
  },
  facts: { margin: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  fact: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXS, '& dd': { margin: 0 } },
  ways: { border: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  way: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
    paddingBlock: tokens.spacingVerticalXS,
    cursor: 'pointer',
    '& input': {
      width: '18px',
      height: '18px',
      margin: '1px 0',
      accentColor: tokens.colorCompoundBrandBackground,
    },
  },
});

/** So many ways are listed; a rule may have a hundred backends, alike in all but their addresses. */
const listedWays = 20;

/** Follows one connection hop by hop: what each does to it, where it arrives, or what stops it. */
export function TracePanel({ onClose }: { onClose: () => void }): JSX.Element {
  const panel = usePanelStyles();
  const { followed } = useExplorer();
  const { reading, trace, path } = followed;
  return (
    <aside className={mergeClasses(panel.panel, panel.atStart)} aria-label="Trace a connection">
      <div className={panel.head}>
        <h2 className={panel.title}>Trace a connection</h2>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Close the trace"
          onClick={onClose}
        />
      </div>
      <ConnectionForm />
      <div aria-live="polite">{trace && <Outcome trace={trace} />}</div>
      {reading && 'problem' in reading && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{reading.problem}</MessageBarBody>
        </MessageBar>
      )}
      {trace && followed.isWayGone && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            The way in this address is not one of this connection (any more). The first is shown instead.
          </MessageBarBody>
        </MessageBar>
      )}
      {trace && trace.paths.length > 1 && <Ways trace={trace} />}
      {path && <Hops path={path} />}
      {!trace && <Suggestions />}
    </aside>
  );
}

function ConnectionForm(): JSX.Element {
  const styles = useStyles();
  const { address, change } = useExplorer();
  const [text, setText] = useState(address.trace ?? '');
  const [known, setKnown] = useState(address.trace);
  if (known !== address.trace) {
    setKnown(address.trace);
    setText(address.trace ?? '');
  }
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Whoever opens the panel wants to type; whoever follows a link to a trace wants to read it.
    if (field.current?.value === '') field.current.focus({ preventScroll: true });
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change({ trace: text.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        input={{ ref: field }}
        aria-label="Connection"
        placeholder="internet → TCP 443"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      <Button type="submit" appearance="primary">
        Follow
      </Button>
    </form>
  );
}

function Outcome({ trace }: { trace: Trace }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const look = {
    arrives: styles.good,
    blocked: styles.bad,
    partly: styles.partly,
    notTraced: mergeClasses(styles.partly, styles.dashed),
  }[trace.outcome];
  return (
    <div className={mergeClasses(styles.outcome, look)}>
      <OutcomeIcon outcome={trace.outcome} />
      <div>
        <h3 className={panel.heading}>{trace.title}</h3>
        {trace.summary}
      </div>
    </div>
  );
}

function Ways({ trace }: { trace: Trace }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const { followed, change } = useExplorer();
  const ways = trace.paths.map((path, at) => ({ path, way: followed.ways[at] }));
  // The one that a link leads to is listed wherever it is.
  const listed = ways.filter(({ path }, at) => at < listedWays || path === followed.path);
  return (
    <fieldset className={styles.ways}>
      <legend className={panel.heading}>{trace.paths.length} ways it can take</legend>
      {listed.map(({ path, way }) => (
        <label key={way} className={styles.way}>
          <input type="radio" name="way" checked={path === followed.path} onChange={() => change({ way })} />
          <span>{path.summary}</span>
        </label>
      ))}
      {trace.paths.length > listed.length && (
        <span className={panel.quiet}>and {trace.paths.length - listed.length} more of the same kind</span>
      )}
    </fieldset>
  );
}

function Hops({ path }: { path: TracePath }): JSX.Element {
  const styles = useStyles();
  return (
    <ol className={styles.hops} aria-label="Hops">
      {path.hops.map((hop, at) => (
        <li key={`${hop.piece} ${at}`} className={styles.hop} data-verdict={hop.verdict}>
          <span
            aria-hidden
            className={mergeClasses(
              styles.number,
              hop.verdict === 'arrives' && styles.arrives,
              hop.verdict === 'blocked' && styles.blocked,
              hop.verdict === 'notTraced' && styles.notTraced,
            )}
          >
            {at + 1}
          </span>
          <HopText hop={hop} />
        </li>
      ))}
    </ol>
  );
}

function HopText({ hop }: { hop: Hop }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const { byId, visit, zoomTo, isNarrow } = useExplorer();
  const node = byId.get(hop.piece) ?? hop.with.map((id) => byId.get(id)).find((each) => each !== undefined);
  const { source, destination, port, protocol } = hop.packet;
  const words = {
    passes: 'Passes',
    blocked: 'Stopped here',
    arrives: 'Arrives',
    notTraced: 'Not traced further',
  }[hop.verdict];
  return (
    <div>
      {node ? (
        <button
          type="button"
          className={panel.link}
          onClick={(event) => (isNarrow ? zoomTo([node.id]) : visit(node.id, event.currentTarget))}
        >
          {node.title}
        </button>
      ) : (
        <strong>{hop.piece}</strong>
      )}
      <div
        className={mergeClasses(
          hop.verdict === 'blocked' && styles.stopped,
          hop.verdict === 'notTraced' && styles.open,
        )}
      >
        <strong>
          {hop.verdict === 'passes' ? (
            <ArrowCircleDownRegular aria-hidden />
          ) : (
            <OutcomeIcon outcome={hop.verdict} />
          )}{' '}
          {words}.
        </strong>{' '}
        {hop.says}
      </div>
      <div className={panel.quiet}>
        {source} → {port > 0 ? addressWithPort(destination, port) : destination} ({protocol})
      </div>
      {hop.facts.length > 0 && (
        <dl className={mergeClasses(styles.facts, panel.quiet)}>
          {hop.facts.map(({ label, value }, at) => (
            <div key={`${label} ${at}`} className={styles.fact}>
              <dt>{label}:</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** An IPv6 address stands in brackets before a port (RFC 3986). */
const addressWithPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** Connections worth a look, to be chosen instead of typed. */
function Suggestions(): JSX.Element | null {
  const panel = usePanelStyles();
  const { followed, change } = useExplorer();
  const suggested = useMemo(() => suggestConnections(followed.input), [followed.input]);
  if (suggested.length === 0) return null;
  return (
    <>
      <h3 className={panel.heading}>For example</h3>
      <ul className={panel.list}>
        {suggested.map(({ text, why }) => (
          <li key={text}>
            <button type="button" className={panel.link} onClick={() => change({ trace: text })}>
              {text}
            </button>
            <div className={panel.quiet}>{why}</div>
          </li>
        ))}
      </ul>
    </>
  );
}
