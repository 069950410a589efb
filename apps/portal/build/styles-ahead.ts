import { runInNewContext } from 'node:vm';
import { tokens } from '@fluentui/react-components';
import { resolveStyleRulesForSlots } from '@griffel/core';
import { type ESTree, type Plugin } from 'vite';

type Scope = Readonly<Record<string, unknown>>;

/** The value of an expression whose names are all in `scope`; throws where one is not. */
const valueOf = (expression: string, scope: Scope) => runInNewContext(`(${expression})`, { ...scope });

const constantKinds = new Set([
  'Literal',
  'TemplateLiteral',
  'BinaryExpression',
  'ObjectExpression',
  'ArrayExpression',
  'ArrowFunctionExpression',
]);

/** Tokens are names of CSS variables: written out, the table of all of them is not needed. */
const writeOut = (code: string): string =>
  code.replaceAll(/\btokens\.(\w+)/g, (text, name: string) => {
    const value: unknown = Reflect.get(tokens, name);
    return typeof value === 'string' ? JSON.stringify(value) : text;
  });

/** The declarations at the top of a module, exported ones included. */
function topDeclarators(program: ESTree.Program): ESTree.VariableDeclarator[] {
  return program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
  });
}

/**
 * Makes the portal's style sheets at build time: the browser then needs neither the code that makes them nor the time.
 * `makeStyles` with values that are only known at run time stays as it is, and works, too.
 */
export function stylesAhead(): Plugin {
  return {
    name: 'slipway-styles-ahead',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: {
        id: [/[\\/]portal[\\/]src[\\/].*\.tsx?$/, /[\\/]@fluentui[\\/].*\.js$/],
        code: /\btokens\.|makeStyles\(/,
      },
      handler(source) {
        const code = writeOut(source);
        const scope: Record<string, unknown> = { tokens };
        const textOf = ({ start, end }: { start: number; end: number }): string => code.slice(start, end);
        const replaced: { start: number; end: number; by: string }[] = [];
        for (const { id, init } of topDeclarators(this.parse(code))) {
          if (id.type !== 'Identifier' || !init) continue;
          const [rules] = init.type === 'CallExpression' ? init.arguments : [];
          try {
            if (constantKinds.has(init.type)) scope[id.name] = valueOf(textOf(init), scope);
            if (rules && textOf(init).startsWith('makeStyles(')) {
              const [classes, css] = resolveStyleRulesForSlots(valueOf(textOf(rules), scope));
              replaced.push({
                ...init,
                by: `/*#__PURE__*/ __styles(${JSON.stringify(classes)}, ${JSON.stringify(css)})`,
              });
            }
          } catch (thrown) {
            // A name that only the running portal knows the value of.
            if (!String(thrown).startsWith('ReferenceError')) throw thrown;
          }
        }
        if (code === source && replaced.length === 0) return null;
        const made = replaced.reduceRight(
          (text, { start, end, by }) => text.slice(0, start) + by + text.slice(end),
          code,
        );
        return {
          code:
            replaced.length > 0 ? `import { __styles } from '@fluentui/react-components';\n${made}` : made,
          map: null,
        };
      },
    },
  };
}
