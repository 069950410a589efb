import type { WhatIf, WhatIfPiece } from '@slipway/contract';

/** So many pieces are named before the rest is counted. */
const mostNamed = 4;
/** Values longer than this, such as keys, stand in the list only. */
const longestValue = 24;

/** What a deployment would do, in a few sentences. */
export function summaryOf(pieces: readonly WhatIfPiece[], { uncertain, unknown }: WhatIf['counts']): string {
  const said = (
    [
      ['added', 'Would be added'],
      ['changed', 'Would change'],
      ['removed', 'Would be removed'],
    ] as const
  ).flatMap(([change, start]) => {
    const some = pieces.filter((piece) => piece.change === change);
    return some.length === 0 ? [] : [`${start}: ${namesOf(some)}.`];
  });
  const rest = said.length === 0 ? 'Nothing would change.' : 'All else stays as it is.';
  return [
    ...said,
    uncertain + unknown === 0 || said.length === 0 ? rest : 'All else that is known stays as it is.',
    ...(uncertain === 0
      ? []
      : [`Of ${resourcesText(uncertain)} it shows only then whether anything changes.`]),
    ...(unknown === 0 ? [] : [`Of ${resourcesText(unknown)} nothing can be told beforehand.`]),
  ].join(' ');
}

const resourcesText = (count: number): string => (count === 1 ? '1 resource' : `${count} resources`);

function namesOf(pieces: readonly WhatIfPiece[]): string {
  const names = pieces.slice(0, mostNamed).map(inWords);
  const left = pieces.length - names.length;
  const all = left > 0 ? [...names, `${left} more`] : names;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** A piece, and the first thing that differs in it. */
function inWords({ title, details }: WhatIfPiece): string {
  const [first] = details;
  if (!first) return title;
  const values = [first.before ?? 'none', first.after ?? 'none'];
  const change = values.every((value) => value.length <= longestValue) ? ` ${values.join(' → ')}` : '';
  const more = details.length > 1 ? ` and ${details.length - 1} more` : '';
  return `${title} (${first.label}${change}${more})`;
}
