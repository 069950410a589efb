import { type MermaidFlowchart, toDrawio, toJson, toMermaid, toSvg } from '@slipway/topology';
import { type RefObject, useState } from 'react';
import { saveFile } from '../../../components/save-file.ts';
import { exportLookAt, measurer } from './export-look-now.ts';
import type { Explorer } from './explorer-context.ts';
import { iconsOf } from './icon-sheet.tsx';
import { mermaidWarning } from './mermaid-warning.ts';
import { drawPng, fileName } from './picture-files.ts';

/** A form in which the topology can be taken away. */
export type ExportForm = 'svg' | 'png' | 'mermaid' | 'copy-mermaid' | 'drawio' | 'json';

/** What came of it, for the person; undefined when there is nothing to say. */
export type ExportNotice = { intent: 'success' | 'warning' | 'error'; words: string } | undefined;

/** The topology as an SVG picture in the colours that hold at a place of the page. */
export function pictureOf(
  explorer: Pick<Explorer, 'graph' | 'layoutNow' | 'states' | 'serviceName' | 'lit'>,
  place: HTMLElement,
  icons: HTMLElement,
): string {
  const { graph, states, lit, serviceName } = explorer;
  const look = exportLookAt(place);
  return toSvg({
    graph,
    layout: explorer.layoutNow(),
    look,
    states,
    ...(lit ? { highlight: lit } : {}),
    icon: iconsOf(icons),
    measure: measurer(look),
    title: titleOf(serviceName),
  });
}

/** What a picture or a file is headed. */
export const titleOf = (serviceName: string): string => `Topology of ${serviceName}`;

/** Saves or copies the topology in one of its forms. */
export function useExports(
  explorer: Explorer,
  sheet: RefObject<HTMLElement | null>,
): { save: (form: ExportForm) => void; notice: ExportNotice; dismiss: () => void } {
  const [notice, setNotice] = useState<ExportNotice>();
  const save = (form: ExportForm): void => {
    setNotice(undefined);
    make(form, explorer, sheet.current).then(setNotice, () =>
      setNotice({ intent: 'error', words: failures[form] ?? 'The file could not be made.' }),
    );
  };
  return { save, notice, dismiss: () => setNotice(undefined) };
}

const failures: Partial<Record<ExportForm, string>> = {
  png: 'The browser could not draw the picture. Save it as SVG instead.',
  'copy-mermaid': 'The browser did not let this page copy. Save the Mermaid file instead.',
};

/** What was done, and what to know of it. */
const done = (words: string, warning: string | undefined): ExportNotice =>
  warning === undefined ? { intent: 'success', words } : { intent: 'warning', words: `${words} ${warning}` };

async function make(form: ExportForm, explorer: Explorer, sheet: HTMLElement | null): Promise<ExportNotice> {
  const { graph, serviceName, resources, closed } = explorer;
  const now = new Date();
  const title = titleOf(serviceName);
  const file = (ending: string, content: Blob | string, type: string, warning?: string): ExportNotice => {
    const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
    const name = fileName(serviceName, now, ending);
    saveFile(name, blob);
    return done(`${name} was saved.`, warning);
  };
  const flowchart = (): MermaidFlowchart => toMermaid(graph, title, closed);
  const svg = (): string => (sheet ? pictureOf(explorer, sheet.parentElement ?? sheet, sheet) : '');
  switch (form) {
    case 'svg':
      return file('svg', svg(), 'image/svg+xml');
    case 'png':
      return file('png', await drawPng(svg()), 'image/png');
    case 'mermaid': {
      const chart = flowchart();
      return file('mmd', chart.source, 'text/plain', mermaidWarning(chart));
    }
    case 'copy-mermaid': {
      if (!('clipboard' in navigator)) throw new Error('no clipboard');
      const chart = flowchart();
      await navigator.clipboard.writeText(chart.source);
      return done('The topology was copied as Mermaid.', mermaidWarning(chart));
    }
    case 'drawio':
      return file('drawio', toDrawio(graph, explorer.layoutNow(), title), 'application/xml');
    case 'json':
      return file(
        'json',
        toJson({ title, graph, resources, takenAt: now.toISOString() }),
        'application/json',
      );
  }
}
