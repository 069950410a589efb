import { isResourceId } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { Breakable } from '../components/breakable.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { ResourceLink } from '../components/resource-link.tsx';
import type { PropertyRow } from './property-rows.ts';
import { placeOf } from './resource-id.ts';
import { typeOfId } from './type-of-id.ts';

/** A simple value of a resource: ids lead to what they name, times are told in the reader's own way. */
export function PropertyValue({ value, ownId }: { value: PropertyRow['value']; ownId: string }): JSX.Element {
  if (value === null) return <>None</>;
  if (typeof value === 'boolean') return <>{value ? 'Yes' : 'No'}</>;
  if (typeof value === 'number') return <>{value}</>;
  if (value === '') return <>(empty)</>;
  if (isResourceId(value) && value.toLowerCase() !== ownId.toLowerCase())
    return (
      <>
        <ResourceLink id={value}>{placeOf(value).name}</ResourceLink> ({displayNameOfType(typeOfId(value))}){' '}
        <CopyButton text={value} label="Copy the ID" />
      </>
    );
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)))
    return (
      <time dateTime={value} title={value}>
        {new Date(value).toLocaleString()}
      </time>
    );
  return <Breakable text={value} />;
}
