/** A filter of a list: one of a few choices, or none. */

import { Select } from "antd";

interface Props {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function Choose({ label, value, choices, onChange }: Props) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value || null}
      options={[...choices]}
      allowClear
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? "")}
      popupMatchSelectWidth={false}
      style={{ minWidth: 130 }}
    />
  );
}
