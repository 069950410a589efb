import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowMaximizeRegular,
  ArrowMinimizeRegular,
  CodeRegular,
  DismissRegular,
  ZoomInRegular,
} from '@fluentui/react-icons';
import { isResourceId } from '@slipway/contract';
import { type TopologyNode, displayNameOfType } from '@slipway/topology';
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { JsonText } from '../../components/json-text.tsx';
import { ResourceLink } from '../../components/resource-link.tsx';
import { useExplorer } from './explorer/explorer-context.ts';
import { usePanelStyles } from './explorer/panel-styles.ts';
import { jsonOf } from './explorer/piece-json.ts';
import { ReachLists } from './explorer/reach-lists.tsx';
import { StatusBadge } from './explorer/status-badge.tsx';
import type { PieceLink } from './piece-links.ts';
import { PieceIcon, pieceColor } from './piece-look.tsx';

/** So many pieces of a list are shown before one asks for the rest. */
const shownAtFirst = 12;

const useStyles = makeStyles({
  head: { gridTemplateColumns: 'auto minmax(0, 1fr) auto' },
  icon: { fontSize: '28px', display: 'flex' },
  name: { display: 'flex', alignItems: 'center' },
  why: {
    margin: 0,
    padding: tokens.spacingHorizontalS,
    borderLeft: `3px solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
  },
  facts: { margin: 0, display: 'grid', gap: tokens.spacingVerticalS },
  fact: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  value: { margin: 0 },
});

/** What a piece is for, in plain words, its key properties, what it is joined to, and what ARM says of it. */
export function PiecePanel({ node, onClose }: { node: TopologyNode; onClose: () => void }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const { byId, childrenOf, linksOf, statuses, actionsOf } = useExplorer();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const parent = node.parent === undefined ? undefined : byId.get(node.parent);
  const children = childrenOf.get(node.id) ?? [];
  const links = linksOf(node.id);
  const status = statuses.get(node.id);
  return (
    <aside className={mergeClasses(panel.panel, panel.atEnd)} aria-label={`About: ${node.title}`}>
      <div className={mergeClasses(panel.head, styles.head)}>
        <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
          <PieceIcon kind={node.kind} />
        </span>
        <div>
          <h2 ref={title} tabIndex={-1} className={panel.title}>
            {node.title}
          </h2>
          {node.kind !== 'internet' && (
            <div className={styles.name}>
              {node.name}
              <CopyButton text={node.name} label="Copy the name" />
            </div>
          )}
          {node.type && (
            <div className={panel.quiet}>
              {displayNameOfType(node.type)} · {node.type}
            </div>
          )}
        </div>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label="Close" onClick={onClose} />
      </div>
      {status && <StatusBadge status={status} />}
      {status?.why && <p className={styles.why}>{status.why}</p>}
      <p className={panel.text}>{node.purpose}</p>
      <Actions node={node} isContainer={children.length > 0} />
      <OpenResource node={node} />
      {actionsOf?.(node)}
      <ReachLists node={node} />
      <Facts node={node} />
      {(links.length > 0 || parent) && <Joints links={links} parent={parent} />}
      {children.length > 0 && <Inside pieces={children} />}
      <ArmsWords node={node} />
    </aside>
  );
}

function Actions({ node, isContainer }: { node: TopologyNode; isContainer: boolean }): JSX.Element {
  const panel = usePanelStyles();
  const { address, change, closed, toggle, zoomTo } = useExplorer();
  const isClosed = closed.has(node.id);
  return (
    <div className={panel.actions}>
      {address.view === 'diagram' ? (
        <Button size="small" icon={<ZoomInRegular />} onClick={() => zoomTo([node.id])}>
          Zoom to it
        </Button>
      ) : (
        <Button
          size="small"
          icon={<ZoomInRegular />}
          onClick={() => {
            change({ view: 'diagram' });
            zoomTo([node.id]);
          }}
        >
          Show in the diagram
        </Button>
      )}
      {isContainer && (
        <Button
          size="small"
          icon={isClosed ? <ArrowMaximizeRegular /> : <ArrowMinimizeRegular />}
          onClick={() => toggle(node.id)}
        >
          {isClosed ? 'Expand' : 'Collapse'}
        </Button>
      )}
    </div>
  );
}

/** The way to the page of the resource that a piece is, or of what lies outside; ids of pieces are in lower case. */
function OpenResource({ node }: { node: TopologyNode }): JSX.Element | null {
  const { resources } = useExplorer();
  const own = useMemo(() => resources.find(({ id }) => id.toLowerCase() === node.id), [resources, node.id]);
  const id = own?.id ?? node.leadsTo ?? node.id;
  if (node.isPlanned === true || !isResourceId(id)) return null;
  return (
    <span>
      <ResourceLink id={id}>Open resource</ResourceLink>
    </span>
  );
}

function Facts({ node }: { node: TopologyNode }): JSX.Element | null {
  const styles = useStyles();
  const panel = usePanelStyles();
  const facts = [
    ...(node.provisioningState ? [{ label: 'Provisioning state', value: node.provisioningState }] : []),
    ...(node.leadsTo === undefined ? [] : [{ label: 'Leads to', value: node.leadsTo }]),
    ...node.facts,
  ];
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value }, at) => (
        <div key={`${label} ${at}`} className={styles.fact}>
          <dt className={panel.quiet}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Joints({
  links,
  parent,
}: {
  links: readonly PieceLink[];
  parent: TopologyNode | undefined;
}): JSX.Element {
  const panel = usePanelStyles();
  const groups = [...Map.groupBy(links, ({ verb }) => verb)];
  return (
    <>
      <h3 className={panel.heading}>Joined to</h3>
      {parent && (
        <div>
          <div className={panel.quiet}>Contained in</div>
          <PieceButton node={parent} />
        </div>
      )}
      {groups.map(([verb, own]) => (
        <div key={verb}>
          <div className={panel.quiet}>{verb}</div>
          <Shortened
            items={own}
            render={({ id, other, labels }) => (
              <li key={id}>
                <PieceButton node={other} />
                {labels.length > 0 && <div className={panel.quiet}>{labels.join(', ')}</div>}
              </li>
            )}
          />
        </div>
      ))}
    </>
  );
}

function Inside({ pieces }: { pieces: readonly TopologyNode[] }): JSX.Element {
  const panel = usePanelStyles();
  return (
    <>
      <h3 className={panel.heading}>Contains</h3>
      <Shortened
        items={pieces}
        render={(child) => (
          <li key={child.id}>
            <PieceButton node={child} /> <span className={panel.quiet}>{child.name}</span>
          </li>
        )}
      />
    </>
  );
}

/** A list that is shown whole when one asks for it. */
function Shortened<Item>({
  items,
  render,
}: {
  items: readonly Item[];
  render: (item: Item) => JSX.Element;
}): JSX.Element {
  const panel = usePanelStyles();
  const [isWhole, setIsWhole] = useState(false);
  const isCut = !isWhole && items.length > shownAtFirst + 2;
  return (
    <>
      <ul className={panel.list}>{(isCut ? items.slice(0, shownAtFirst) : items).map(render)}</ul>
      {isCut && (
        <Button size="small" appearance="subtle" onClick={() => setIsWhole(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  );
}

function PieceButton({ node }: { node: TopologyNode }): JSX.Element {
  const panel = usePanelStyles();
  const { select } = useExplorer();
  return (
    <button type="button" className={panel.link} onClick={() => select(node.id)}>
      {node.title}
    </button>
  );
}

/** The resource as ARM returned it, for those who want to see it; of a part its place in the resource. */
function ArmsWords({ node }: { node: TopologyNode }): JSX.Element | null {
  const panel = usePanelStyles();
  const { byId, resources } = useExplorer();
  const [isShown, setIsShown] = useState(false);
  const value = useMemo(() => jsonOf(node, byId, resources), [node, byId, resources]);
  if (value === undefined) return null;
  const text = JSON.stringify(value, undefined, 2);
  return (
    <>
      <div className={panel.actions}>
        <Button
          size="small"
          icon={<CodeRegular />}
          aria-expanded={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? 'Hide the JSON' : 'Show as JSON'}
        </Button>
        {isShown && <CopyButton text={text} label="Copy the JSON" />}
      </div>
      {isShown && <JsonText text={text} />}
    </>
  );
}
