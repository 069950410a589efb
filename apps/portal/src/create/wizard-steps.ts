/** The wizard's blades in their order; the URL names the open one. */
export const wizardSteps = ['basics', 'master', 'agent', 'summary'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** The blades that collect values; the summary only shows them. */
export const formSteps = ['basics', 'master', 'agent'] as const satisfies readonly WizardStep[];
export type FormStep = (typeof formSteps)[number];

export const stepTitles: Record<WizardStep, string> = {
  basics: 'Basics',
  master: 'Master configuration',
  agent: 'Agent configuration',
  summary: 'Summary',
};
