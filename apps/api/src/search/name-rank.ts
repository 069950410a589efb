import { kustoText } from '../arm/resource-graph.ts';

/** How well a name fits a text: 0 for the very name, 1 for one that begins with it, 2 for one that has it within. */
export function nameRank(name: string, text: string): 0 | 1 | 2 | undefined {
  const [searched, wanted] = [name.toLowerCase(), text.toLowerCase()];
  if (searched === wanted) return 0;
  if (searched.startsWith(wanted)) return 1;
  return searched.includes(wanted) ? 2 : undefined;
}

/** The same as an expression of Kusto's language; 3 for names that do not have the text. */
export function kustoRank(column: string, text: string): string {
  const wanted = kustoText(text);
  return `case(${column} =~ ${wanted}, 0, ${column} startswith ${wanted}, 1, ${column} contains ${wanted}, 2, 3)`;
}
