import { Input, type InputProps } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';
import { FormField } from './form-field.tsx';
import type { FieldPath } from './fields.ts';

/** A field of one line of text. */
export function TextField({
  path,
  value,
  onChange,
  placeholder,
  info,
  below,
  inputMode,
  maxLength = 200,
}: {
  path: FieldPath;
  value: string;
  onChange: (value: string) => void;
  /** An example of a value. */
  placeholder: string;
  info?: ReactNode;
  below?: ReactNode;
  inputMode?: InputProps['inputMode'];
  maxLength?: number;
}): JSX.Element {
  return (
    <FormField path={path} info={info} below={below}>
      {(control) => (
        <Input
          {...control}
          value={value}
          onChange={(_, data) => onChange(data.value)}
          placeholder={placeholder}
          inputMode={inputMode ?? 'text'}
          maxLength={maxLength}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </FormField>
  );
}
