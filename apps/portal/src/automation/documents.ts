import type { TemplateFiles } from '@slipway/contract';

/** A file to take along. */
export interface Document {
  name: string;
  text: string;
}

const asText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** An ARM template as a file, named after what it builds. */
export const templateDocument = (name: string, template: TemplateFiles['template']): Document => ({
  name: `${name}.template.json`,
  text: asText(template),
});

/** Parameters as a file that goes with the template. */
export const parametersDocument = (name: string, parameters: TemplateFiles['parameters']): Document => ({
  name: `${name}.parameters.json`,
  text: asText({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters,
  }),
});
