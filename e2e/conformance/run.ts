// `npm run conformance`: how much of the conformance data the template language and the local cloud pass.
import { conformanceFolder } from '../../packages/arm-template/src/conformance.test-support.ts';
import { judgeExpansions } from '../../packages/arm-template/src/expansion-cases.test-support.ts';
import {
  judgeFunctions,
  type JudgedCase,
} from '../../packages/arm-template/src/function-cases.test-support.ts';
import { DeployedTemplates } from './deployed-templates.ts';

function summary(category: string, cases: readonly JudgedCase[]): string {
  const passed = cases.filter(({ fault }) => fault === undefined).length;
  const wrong = cases.filter(({ fault, evidence }) => fault !== undefined && evidence !== undefined).length;
  const failed = cases.length - passed - wrong;
  return `${category.padEnd(24)} ${String(passed).padStart(4)} of ${String(cases.length).padStart(4)} pass${wrong === 0 ? '' : `, ${String(wrong)} do not for a known reason`}${failed === 0 ? '' : `, ${String(failed)} FAIL`}`;
}

if (conformanceFolder === undefined) {
  console.log('There is no conformance data: nothing was compared.');
} else {
  const functions = judgeFunctions();
  const trusts = [...new Set(functions.map(({ group }) => group))];
  const deployed = await DeployedTemplates.start(conformanceFolder);
  try {
    const categories: [string, JudgedCase[]][] = [
      ...trusts.map((trust): [string, JudgedCase[]] => [
        `functions (${trust})`,
        functions.filter(({ group }) => group === trust),
      ]),
      ['expansions', judgeExpansions()],
      ['templates', await deployed.judgeQuickstarts()],
      ['acs', await deployed.judgeContainerServices()],
    ];
    for (const [category, cases] of categories) console.log(summary(category, cases));
    for (const { id, title, fault, evidence } of categories.flatMap(([, cases]) => cases)) {
      if (fault === undefined && evidence === undefined) continue;
      const what = title === id ? id : `${id} (${title})`;
      if (fault === undefined) {
        console.log(`\n${what} passes, though it is listed with a reason why it does not: ${evidence ?? ''}`);
        process.exitCode = 1;
      } else if (evidence === undefined) {
        console.log(`\nFAIL ${what}\n  ${fault}`);
        process.exitCode = 1;
      } else console.log(`\nknown ${what}\n  ${fault}\n  Evidence: ${evidence}`);
    }
  } finally {
    await deployed.close();
  }
}
