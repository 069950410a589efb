import { isDefaultNetwork } from '@slipway/cluster';
import { type JSX, useState } from 'react';
import { Disclosure } from './disclosure.tsx';
import { networkOf, tagsOf } from './draft.ts';
import { NetworkFields } from './network-fields.tsx';
import { TagsField } from './tags-field.tsx';
import { useWizard } from './wizard-context.ts';

const fields = ['network.addressSpace', 'network.masterSubnet', 'network.agentSubnet', 'tags'] as const;

/** Network ranges and tags: folded, unless something in them needs attention. */
export function AdvancedPart(): JSX.Element {
  const { draft, shown } = useWizard();
  const [isWanted, setWanted] = useState(false);
  const needsAttention = fields.some((path) => shown[path] !== undefined);
  const isOpen = isWanted || needsAttention;
  const tags = tagsOf(draft).length;
  const network = isDefaultNetwork(networkOf(draft)) ? 'Default network ranges' : 'Own network ranges';
  return (
    <Disclosure
      title="Advanced"
      summary={`${network}, ${tags === 0 ? 'no tags' : tags === 1 ? '1 tag' : `${tags} tags`}`}
      isOpen={isOpen}
      onToggle={() => setWanted(!isOpen)}
    >
      <NetworkFields />
      <TagsField />
    </Disclosure>
  );
}
