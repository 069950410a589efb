import { plainText } from '../plain-text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as XML's content or attribute; characters that XML 1.0 does not allow at all are gone (its section 2.2). */
export const xmlText = (text: string): string =>
  plainText(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** The same for several lines, which an attribute keeps apart by the code of the line break. */
export const xmlLines = (lines: readonly string[]): string => lines.map(xmlText).join('&#10;');

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes escaped; children are XML already. Numbers are given to a hundredth. */
export function xmlElement(
  name: string,
  attributes: XmlAttributes,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [
      ` ${key}="${typeof value === 'number' ? String(Math.round(value * 100) / 100) : xmlText(value)}"`,
    ];
  });
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}
