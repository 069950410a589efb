import { useSearch } from '@tanstack/react-router';
import { z } from 'zod';

/** The views of a deployment, as the address of its page names them. */
export const deploymentViews = ['overview', 'inputs', 'outputs', 'template'] as const;
export type DeploymentView = (typeof deploymentViews)[number];

export const deploymentViewWords: Readonly<Record<DeploymentView, string>> = {
  overview: 'Overview',
  inputs: 'Inputs',
  outputs: 'Outputs',
  template: 'Template',
};

/** What the address of a deployment's page may say. */
export const deploymentSearchSchema = z.object({ view: z.enum(deploymentViews).optional().catch(undefined) });

/** Which view the address of this page names. */
export function useDeploymentView(): DeploymentView {
  const raw = useSearch({ strict: false });
  return deploymentSearchSchema.parse(raw).view ?? 'overview';
}
