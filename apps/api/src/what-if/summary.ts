import type { WhatIfPiece, WhatIfResource } from '@slipway/contract';

/** So many pieces are named before the rest is counted. */
const mostNamed = 4;
/** Values longer than this, such as keys, stand in the list only. */
const longestValue = 24;

/** What a deployment would do, in a few sentences. */
export function summaryOf(pieces: readonly WhatIfPiece[], resources: readonly WhatIfResource[]): string {
  const count = (test: (resource: WhatIfResource) => boolean): number => resources.filter(test).length;
  const isShown = ({ id }: WhatIfResource): boolean =>
    pieces.some((piece) => `${piece.id}/`.startsWith(`${id.toLowerCase()}/`));
  const hidden = count((resource) => isHiddenChange(resource) && !isShown(resource));
  const others = count((resource) => isCertain(resource) && !isHiddenChange(resource) && !isShown(resource));
  const uncertain = count(({ outcome }) => outcome === 'uncertain');
  const unknown = count(({ outcome }) => outcome === 'unknown');
  const said = [
    ...(
      [
        ['added', 'Would be added'],
        ['changed', 'Would change'],
        ['removed', 'Would be removed'],
      ] as const
    ).flatMap(([change, start]) => {
      const some = pieces.filter((piece) => piece.change === change);
      return some.length === 0 ? [] : [`${start}: ${namesOf(some)}.`];
    }),
    ...(hidden === 0
      ? []
      : [`In ${resourcesText(hidden)} a script or password would change, which is never shown.`]),
    ...(others === 0 ? [] : [`Of ${resourcesText(others)} more the properties tell what would change.`]),
  ];
  if (said.length === 0) said.push('Nothing would change.');
  else said.push(`All else${uncertain + unknown === 0 ? '' : ' that is known'} stays as it is.`);
  if (uncertain > 0) said.push(`Of ${resourcesText(uncertain)} it shows only then whether anything changes.`);
  if (unknown > 0) said.push(`Of ${resourcesText(unknown)} nothing can be told beforehand.`);
  return said.join(' ');
}

const isCertain = ({ outcome }: WhatIfResource): boolean =>
  outcome === 'added' || outcome === 'changed' || outcome === 'removed';

/** Whether a resource changes, for certain, in nothing but what is write-only: no piece shows that. */
function isHiddenChange({ outcome, properties }: WhatIfResource): boolean {
  const certain = properties.filter(({ doubt }) => doubt === undefined);
  return (
    outcome === 'changed' &&
    certain.length > 0 &&
    certain.every(({ before, after }) => before === undefined && after === undefined)
  );
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
