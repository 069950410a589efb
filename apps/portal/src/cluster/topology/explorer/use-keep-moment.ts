import { toJson } from '@slipway/topology';
import { useState } from 'react';
import { browserStorage } from './browser-storage.ts';
import { useExplorer } from './explorer-context.ts';
import { keepMoment } from './kept-moments.ts';
import { placeKey } from './topology-place.ts';
import { type ExportNotice, titleOf } from './use-exports.tsx';

/** Keeps what the topology is now, to be compared with later. */
export function useKeepMoment(): { keep: () => void; notice: ExportNotice; dismiss: () => void } {
  const { place, serviceName, graph, resources } = useExplorer();
  const [notice, setNotice] = useState<ExportNotice>();
  const keep = (): void => {
    const at = new Date();
    const text = toJson({ title: titleOf(serviceName), graph, resources, takenAt: at.toISOString() });
    const keeping = keepMoment(browserStorage(), {
      place: placeKey(place),
      at: at.getTime(),
      words: 'Kept by hand',
      text,
    });
    setNotice(
      keeping.isKept
        ? {
            intent: 'success',
            words: 'This moment is kept in this browser. Compare with it whenever you like.',
          }
        : {
            intent: 'error',
            words: `This moment could not be kept. ${keeping.why} Export it as JSON and compare with that file.`,
          },
    );
  };
  return { keep, notice, dismiss: () => setNotice(undefined) };
}
