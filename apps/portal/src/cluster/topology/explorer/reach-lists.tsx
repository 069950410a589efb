import { Button } from '@fluentui/react-components';
import { type TopologyNode, whatItReaches, whatReaches } from '@slipway/topology';
import { type JSX, useMemo, useState } from 'react';
import { useExplorer } from './explorer-context.ts';
import { OutcomeIcon } from './outcome-icon.tsx';
import { usePanelStyles } from './panel-styles.ts';

const questions = { to: 'What reaches this?', from: 'What does this reach?' } as const;
type Question = keyof typeof questions;

/** Which connections come to a piece and which go out from it; each can be followed. */
export function ReachLists({ node }: { node: TopologyNode }): JSX.Element {
  const panel = usePanelStyles();
  const [question, setQuestion] = useState<Question>();
  return (
    <>
      <div className={panel.actions}>
        {(['to', 'from'] as const).map((each) => (
          <Button
            key={each}
            size="small"
            aria-expanded={question === each}
            onClick={() => setQuestion(question === each ? undefined : each)}
          >
            {questions[each]}
          </Button>
        ))}
      </div>
      {question && <Ways node={node} question={question} />}
    </>
  );
}

function Ways({ node, question }: { node: TopologyNode; question: Question }): JSX.Element {
  const panel = usePanelStyles();
  const { followed, change, isNarrow } = useExplorer();
  const { input } = followed;
  const { ways } = useMemo(
    () => (question === 'to' ? whatReaches(input, node.id) : whatItReaches(input, node.id)),
    [input, node.id, question],
  );
  const follow = (text: string): void =>
    // On a phone there is room for one of the two.
    change({ trace: text, step: undefined, ...(isNarrow ? { selectedId: undefined } : {}) });
  if (ways.length === 0) return <p className={panel.text}>No connection begins or ends here.</p>;
  return (
    <ul className={panel.list} aria-label={questions[question]}>
      {ways.map(({ text, outcome, says }) => (
        <li key={text}>
          <button type="button" className={panel.link} onClick={() => follow(text)}>
            <OutcomeIcon outcome={outcome} /> {text}
          </button>
          <div className={panel.quiet}>{says}</div>
        </li>
      ))}
    </ul>
  );
}
