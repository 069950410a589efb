import { plainText, shortened } from '../plain-text.ts';
import { listInWords } from '../words.ts';
import type { Comparison, PieceChange } from './comparison.ts';
import type { Moment } from './moment.ts';

interface Summarised {
  pieces: readonly PieceChange[];
  counts: Comparison['counts'];
  before: Moment;
  after: Moment;
  words: 'moments' | 'places';
  /** Whether their names do not count. */
  isBetweenClusters: boolean;
}

/** So many pieces are named before the rest is counted. */
const mostNamed = 4;

/** Values longer than this, such as keys, stand in the list only. */
const longestValue = 24;

const piecesText = (count: number): string => (count === 1 ? '1 piece' : `${count} pieces`);

const named = (moment: Moment): string => `“${shortened(plainText(moment.title), 60)}”`;

/** What a comparison found, in a few sentences. */
export function comparisonSummary(summarised: Summarised): string {
  const { pieces, counts, before, after, words, isBetweenClusters } = summarised;
  const { added, removed, changed, same } = counts;
  const areMoments = words === 'moments';
  if (added + removed + changed === 0) {
    if (areMoments) return `Nothing has changed: ${piecesText(same)}, all as before.`;
    return isBetweenClusters
      ? `Both are built alike: ${piecesText(same)}, and no difference but their names.`
      : `Both are the same ${piecesText(same)}.`;
  }
  const of = (change: PieceChange['change']): PieceChange[] =>
    pieces.filter((piece) => piece.change === change);
  const sentences = [
    added > 0 && (areMoments ? 'Added' : `Only in ${named(after)}`),
    removed > 0 && (areMoments ? 'Removed' : `Only in ${named(before)}`),
    changed > 0 && (areMoments ? 'Changed' : 'Different'),
  ];
  const lists = [of('added'), of('removed'), of('changed')].map((list) => {
    const left = list.length - mostNamed;
    const names = list.slice(0, mostNamed).map(inWords);
    return listInWords(left > 0 ? [...names, `${left} more`] : names);
  });
  const said = sentences.flatMap((start, index) =>
    start === false ? [] : [`${start}: ${lists[index] ?? ''}.`],
  );
  const rest = areMoments ? `${piecesText(same)} as before.` : `${piecesText(same)} alike.`;
  return [...said, rest].join(' ');
}

/** A piece, and the first thing that differs in it. */
function inWords({ title, details }: PieceChange): string {
  const name = shortened(plainText(title), 80);
  const [first] = details;
  if (!first) return name;
  const more = details.length > 1 ? ` and ${details.length - 1} more` : '';
  const values = [first.before ?? 'none', first.after ?? 'none'];
  const isShort = values.every((value) => value.length <= longestValue);
  return `${name} (${first.label}${isShort ? ` ${values.join(' → ')}` : ''}${more})`;
}
