import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ArmResource } from '@slipway/contract';
import { type CompareOptions, type Moment, compareMoments, readMoment } from '@slipway/topology';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type JSX, useMemo, useState } from 'react';
import { useClusterResources } from '../../../api/cluster-resources.ts';
import { useGroupResources } from '../../../api/group-resources.ts';
import { ProblemBar } from '../../../components/problem-bar.tsx';
import { useShownProblem } from '../../../components/shown-problem.ts';
import { SlowWait } from '../../../components/slow-wait.tsx';
import { browserStorage } from './browser-storage.ts';
import { CompareChoice } from './compare-choice.tsx';
import { readComparedWith } from './compared-with.ts';
import { ComparisonView } from './comparison-view.tsx';
import { momentText } from './kept-moments.ts';
import { type TopologyPlace, placeName } from './topology-place.ts';

/** The resources of a place as they are read. */
type ResourcesRead = UseQueryResult<ArmResource[]>;

interface PlaceComparisonProps {
  place: TopologyPlace;
  read: ResourcesRead;
  /** With what, as the address says it. */
  chosen: string | undefined;
}

/** A place beside what one chooses: another place, itself at another moment, or an exported file. */
export function PlaceComparison({ place, read, chosen }: PlaceComparisonProps): JSX.Element {
  const navigate = useNavigate();
  const [file, setFile] = useState<{ name: string; text: string }>();
  const problem = useShownProblem(read);
  const compared = readComparedWith(chosen);
  const choose = (text: string): void => {
    setFile(undefined);
    void navigate({ to: '.', search: { with: text }, resetScroll: false });
  };
  const open = (opened: { name: string; text: string }): void => {
    setFile(opened);
    void navigate({ to: '.', search: {}, resetScroll: false });
  };
  return (
    <>
      <CompareChoice place={place} chosen={compared} file={file?.name} onChoose={choose} onOpen={open} />
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={read.dataUpdatedAt}
          title="The topology could not be read."
          onRetry={() => void read.refetch()}
        />
      )}
      {!read.data && !problem && (
        <SlowWait label={`Reading ${placeName(place)}…`} onRetry={() => void read.refetch()} />
      )}
      {read.data && compared?.kind === 'cluster' && (
        <WithCluster now={momentOf(place, read)} place={compared} />
      )}
      {read.data && compared?.kind === 'group' && <WithGroup now={momentOf(place, read)} place={compared} />}
      {read.data && compared?.kind === 'moment' && (
        <WithText now={momentOf(place, read)} text={momentText(browserStorage(), compared.id)} />
      )}
      {read.data && !compared && file && <WithText now={momentOf(place, read)} text={file.text} />}
    </>
  );
}

/** What a place is made of, as far as it is read. */
function momentOf(place: TopologyPlace, { data, dataUpdatedAt }: ResourcesRead): Moment {
  const name = placeName(place);
  return {
    // A cluster and its resource group may bear the same name.
    title: place.kind === 'group' ? `resource group ${name}` : name,
    serviceName: name,
    takenAt: new Date(dataUpdatedAt).toISOString(),
    resources: data ?? [],
  };
}

interface WithPlaceProps<Kind extends TopologyPlace['kind']> {
  now: Moment;
  place: Extract<TopologyPlace, { kind: Kind }>;
}

function WithCluster({ now, place }: WithPlaceProps<'cluster'>): JSX.Element {
  return <WithPlace now={now} place={place} read={useClusterResources(place.path, false)} />;
}

function WithGroup({ now, place }: WithPlaceProps<'group'>): JSX.Element {
  const { subscriptionId, resourceGroup } = place.path;
  const read = useGroupResources(subscriptionId, resourceGroup, { watched: false });
  return <WithPlace now={now} place={place} read={read} />;
}

function WithPlace({
  now,
  place,
  read,
}: {
  now: Moment;
  place: TopologyPlace;
  read: ResourcesRead;
}): JSX.Element {
  const problem = useShownProblem(read);
  const name = placeName(place);
  const retry = (): void => void read.refetch();
  if (!read.data && !problem) return <SlowWait label={`Reading ${name}…`} onRetry={retry} />;
  if (!read.data)
    return <ProblemBar problem={problem} title={`${name} could not be read.`} onRetry={retry} />;
  return <Difference before={momentOf(place, read)} now={now} words="places" />;
}

function WithText({ now, text }: { now: Moment; text: string | undefined }): JSX.Element {
  const reading = useMemo(() => (text === undefined ? undefined : readMoment(text)), [text]);
  if (!reading || 'problem' in reading)
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {reading ? reading.problem : 'This moment is not kept in this browser (any more). Choose another.'}
        </MessageBarBody>
      </MessageBar>
    );
  return <Difference before={reading.moment} now={now} />;
}

interface DifferenceProps {
  before: Moment;
  now: Moment;
  words?: NonNullable<CompareOptions['words']>;
}

function Difference({ before, now, words }: DifferenceProps): JSX.Element {
  // What is in the moments is what counts: the objects around it are new each time.
  const was = useSame(before);
  const is = useSame(now);
  const comparison = useMemo(() => {
    const ids = new Set(is.resources.map(({ id }) => id.toLowerCase()));
    const areOfOneGroup = was.resources.some(({ id }) => ids.has(id.toLowerCase()));
    return compareMoments(was, is, {
      match: areOfOneGroup ? 'id' : 'structure',
      ...(words === undefined ? {} : { words }),
    });
  }, [was, is, words]);
  return <ComparisonView comparison={comparison} />;
}

function useSame({ title, takenAt, serviceName, resources }: Moment): Moment {
  return useMemo(
    () => ({ title, takenAt, serviceName, resources }),
    [title, takenAt, serviceName, resources],
  );
}
