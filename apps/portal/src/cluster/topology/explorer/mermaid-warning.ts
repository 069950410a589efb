import { type MermaidFlowchart, mermaidExcess, mermaidLimits } from '@slipway/topology';

/** What to know of a flowchart that most viewers refuse to draw, and what to do about it; undefined for any other. */
export function mermaidWarning(chart: MermaidFlowchart): string | undefined {
  const excess = mermaidExcess(chart);
  if (excess.length === 0) return undefined;
  const words = {
    characters: `${numeral(chart.source.length)} characters (Mermaid reads ${numeral(mermaidLimits.characters)})`,
    lines: `${numeral(chart.lines)} lines between its boxes (Mermaid draws ${numeral(mermaidLimits.lines)})`,
  };
  const keys = { characters: 'maxTextSize', lines: 'maxEdges' };
  const listed = (all: Record<keyof typeof words, string>): string =>
    excess.map((each) => all[each]).join(' and ');
  return (
    `It is too large for most viewers, GitHub among them: it has ${listed(words)}. ` +
    'Close containers that need not be open and export again, or choose draw.io or a picture. ' +
    `Where you set up Mermaid yourself, raise its ${listed(keys)}: the file cannot do that.`
  );
}

const numeral = (value: number): string => value.toLocaleString('en-US');
