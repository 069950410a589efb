import type { ArmErrorBody } from '@slipway/contract';
import type { ApiProblem } from '../api/client.ts';

/** An error in full, as text to copy into a report: codes, messages, ARM's details to any depth, correlation id. */
export function problemText(problem: ApiProblem): string {
  return [
    `${problem.code}: ${problem.message}`,
    problem.remedy,
    ...problem.fields.map((field) => `${field.path}: ${field.message}`),
    ...(problem.arm ? ['Azure Resource Manager:', ...armErrorLines(problem.arm, 1)] : []),
    ...(problem.correlationId ? [`Correlation id: ${problem.correlationId}`] : []),
  ].join('\n');
}

function armErrorLines(error: ArmErrorBody, depth: number): string[] {
  const target = error.target ? ` (${error.target})` : '';
  return [
    `${'  '.repeat(depth)}${error.code}: ${error.message}${target}`,
    ...(error.details ?? []).flatMap((detail) => armErrorLines(detail, depth + 1)),
  ];
}
