import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { MAX_TAG_NAME, MAX_TAG_VALUE, MAX_USER_TAGS } from '@slipway/cluster';
import type { JSX } from 'react';
import { tagErrors } from './field-errors.ts';
import { FormField } from './form-field.tsx';
import { useWizard } from './wizard-context.ts';

const useStyles = makeStyles({
  rows: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXS,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 32px',
    gap: tokens.spacingHorizontalXS,
  },
  input: { minWidth: 0 },
  add: { justifySelf: 'start', marginTop: tokens.spacingVerticalXS },
});

/** Names with values that everything of the cluster carries. */
export function TagsField(): JSX.Element {
  const styles = useStyles();
  const { draft, shown, changeTags } = useWizard();
  const { tags } = draft;
  const problems = shown.tags === undefined ? [] : tagErrors(draft);
  const change = (row: number, values: Partial<(typeof tags)[number]>): void =>
    changeTags(tags.map((tag, index) => (index === row ? { ...tag, ...values } : tag)));
  const add = (): void => changeTags([...tags, { name: '', value: '' }]);
  const remove = (row: number): void => changeTags(tags.filter((_, index) => index !== row));
  return (
    <FormField
      path="tags"
      isOptional
      info="For example who pays for it, or what it is for. Every resource of the cluster and its deployment stack carry them, beside Slipway's own; bills and lists can be filtered by them."
    >
      {(control) => {
        const first = problems[0] ?? { row: 0, part: 'name' };
        const partOf = (row: number, part: 'name' | 'value') => ({
          ...(first.row === row && first.part === part ? { id: control.id } : {}),
          'aria-label': `${part === 'name' ? 'Name' : 'Value'} of tag ${row + 1}`,
          'aria-describedby': control['aria-describedby'],
          'aria-invalid': problems.some((problem) => problem.row === row && problem.part === part),
          onBlur: control.onBlur,
          value: tags[row]?.[part] ?? '',
          className: styles.input,
          autoComplete: 'off',
          spellCheck: false,
        });
        return (
          <>
            {tags.length > 0 && (
              <ul className={styles.rows}>
                {tags.map((_, row) => (
                  // Rows have nothing but their place.
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={row} className={styles.row}>
                    <Input
                      {...partOf(row, 'name')}
                      placeholder="environment"
                      maxLength={MAX_TAG_NAME * 2}
                      onChange={(_event, data) => change(row, { name: data.value })}
                    />
                    <Input
                      {...partOf(row, 'value')}
                      placeholder="production"
                      maxLength={MAX_TAG_VALUE * 2}
                      onChange={(_event, data) => change(row, { value: data.value })}
                    />
                    <Button
                      appearance="subtle"
                      icon={<DeleteRegular />}
                      aria-label={`Remove tag ${row + 1}`}
                      onClick={() => remove(row)}
                    />
                  </li>
                ))}
              </ul>
            )}
            <Button
              size="small"
              className={styles.add}
              icon={<AddRegular />}
              disabled={tags.length >= MAX_USER_TAGS}
              onClick={add}
            >
              Add a tag
            </Button>
          </>
        );
      }}
    </FormField>
  );
}
