/** One of a few things, chosen with the browser's own list: quick where there are many of them on a page. */

import type { ComponentProps } from "react";

interface Props extends Omit<ComponentProps<"select">, "onChange"> {
  options: readonly (readonly [string, string])[];
  /** What is said of nothing, where nothing may be chosen. */
  none?: string;
  onChange?: (value: string) => void;
}

export function OneOf({ options, none, onChange, ...rest }: Props) {
  return (
    <select className="one-of" {...rest} onChange={({ target }) => onChange?.(target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
