import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { JsonText } from '../components/json-text.tsx';
import { saveFile } from '../components/save-file.ts';

/** The resource as ARM returned it, to read, to copy and to keep. */
export function JsonView({ resource }: { resource: ArmResource }): JSX.Element {
  const pageStyles = usePageStyles();
  const text = JSON.stringify(resource, undefined, 2);
  return (
    <section className={pageStyles.section} aria-labelledby="resource-json">
      <h2 className={pageStyles.heading} id="resource-json">
        JSON
      </h2>
      <div className={pageStyles.actions}>
        <CopyButton text={text} label="Copy the JSON" size="medium" appearance="secondary" />
        <Button
          icon={<ArrowDownloadRegular />}
          onClick={() =>
            saveFile(`${resource.name}.json`, new Blob([`${text}\n`], { type: 'application/json' }))
          }
        >
          Download
        </Button>
      </div>
      <JsonText text={text} />
    </section>
  );
}
