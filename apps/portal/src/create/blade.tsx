import { type JSX, type ReactNode, useEffect, useState } from 'react';
import { BladeFrame } from './blade-frame.tsx';
import type { FieldErrors } from './field-errors.ts';
import { fieldElementId, fieldsOf } from './fields.ts';
import { useWizard } from './wizard-context.ts';
import { type FormStep, wizardSteps } from './wizard-steps.ts';

/**
 * A blade that collects values. OK shows every error of the blade and goes to the first one, or opens the next
 * blade. `settle` waits for what the cloud is still being asked and gives the errors that follow from its answer.
 */
export function Blade({
  step,
  settle,
  children,
}: {
  step: FormStep;
  settle?: (errors: FieldErrors) => Promise<FieldErrors>;
  children: ReactNode;
}): JSX.Element {
  const { errors, state, dispatch, open } = useWizard();
  const [settling, setSettling] = useState(false);
  const [attention, setAttention] = useState(0);

  const close = async (): Promise<void> => {
    setSettling(true);
    const settled = settle ? await settle(errors) : errors;
    setSettling(false);
    const valid = fieldsOf(step).every((path) => settled[path] === undefined && !state.refused[path]);
    dispatch({ type: 'confirmed', step, valid });
    const next = wizardSteps[wizardSteps.indexOf(step) + 1];
    if (valid && next) open(next);
    else setAttention((count) => count + 1);
  };

  useEffect(() => {
    if (attention > 0) firstInvalidField(step)?.focus();
  }, [attention, step]);

  return (
    <BladeFrame step={step} okDisabled={false} busy={settling} onOk={() => void close()}>
      {children}
    </BladeFrame>
  );
}

function firstInvalidField(step: FormStep): HTMLElement | undefined {
  for (const path of fieldsOf(step)) {
    const element = document.getElementById(fieldElementId(path));
    if (element?.getAttribute('aria-invalid') === 'true') return element;
  }
  return undefined;
}
