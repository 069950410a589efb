import { Tab, TabList } from '@fluentui/react-components';
import type { TemplateFiles } from '@slipway/contract';
import { type JSX, useId, useState } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { CodeView } from '../components/code-view.tsx';
import { CliCommands } from './cli-commands.tsx';
import { parametersDocument, templateDocument } from './documents.ts';

const views = { template: 'Template', parameters: 'Parameters', commands: 'Azure CLI' } as const;
type View = keyof typeof views;

const json = 'application/json';

/** What builds a cluster without this portal: its template, its parameters, and the commands; to read, copy and download. */
export function AutomationFiles({
  files,
  place,
}: {
  files: { template: TemplateFiles['template'] | undefined; parameters: TemplateFiles['parameters'] };
  place: {
    subscriptionId: string;
    resourceGroup: string;
    /** Where the resource group is to be made; undefined where it is there. */
    newGroupIn: string | undefined;
    serviceName: string;
  };
}): JSX.Element {
  const styles = usePageStyles();
  const panelId = useId();
  const [view, setView] = useState<View>('template');
  const parameters = parametersDocument(place.serviceName, files.parameters);
  const template = templateDocument(place.serviceName, files.template ?? {});
  return (
    <>
      <TabList
        selectedValue={view}
        onTabSelect={(_, { value }) => setView(isView(value) ? value : 'template')}
        aria-label="Files and commands"
      >
        {Object.entries(views).map(([each, label]) => (
          <Tab key={each} value={each} id={`${panelId}-${each}`} aria-controls={panelId}>
            {label}
          </Tab>
        ))}
      </TabList>
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${view}`} className={styles.section}>
        {view === 'template' && files.template && (
          <CodeView title={template.name} text={template.text} file={{ name: template.name, type: json }} />
        )}
        {view === 'template' && !files.template && (
          <p className={styles.text}>
            This cluster’s template is kept elsewhere, behind a link; it is not part of its stack.
          </p>
        )}
        {view === 'parameters' && (
          <CodeView
            title={parameters.name}
            text={parameters.text}
            file={{ name: parameters.name, type: json }}
          />
        )}
        {view === 'commands' && (
          <CliCommands target={{ ...place, templateFile: template.name, parametersFile: parameters.name }} />
        )}
      </div>
    </>
  );
}

const isView = (value: unknown): value is View => typeof value === 'string' && value in views;
