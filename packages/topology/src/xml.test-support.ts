import { SaxesParser } from 'saxes';

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** All text directly in it. */
  text: string;
}

/** Reads XML with a parser that insists on well-formedness; throws where it is not well-formed. */
export function readXml(source: string): XmlElement {
  const outermost: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [outermost];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.write(source).close();
  const [root] = outermost.children;
  if (!root) throw new Error('There is no element.');
  return root;
}

/** An element and all elements in it. */
export const everyElement = (element: XmlElement): XmlElement[] => [
  element,
  ...element.children.flatMap(everyElement),
];

/** All text of an element and of what is in it. */
export const textOf = (element: XmlElement): string => element.text + element.children.map(textOf).join('');
