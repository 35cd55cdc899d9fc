/** A field whose words narrow a list. What is typed stands at once; the list follows when it is asked. */

import { Input, type InputProps } from "antd";
import { useState } from "react";

interface Props {
  label: string;
  /** The words that the list follows now. */
  value: string;
  onChange: (words: string) => void;
  size?: InputProps["size"];
}

export function Search({ label, value, onChange, size = "middle" }: Props) {
  const [typed, setTyped] = useState<string>(); // rules as long as somebody types: the address follows a moment later
  return (
    <Input
      type="search"
      size={size}
      aria-label={label}
      placeholder={label}
      value={typed ?? value}
      onChange={({ target, nativeEvent }) => {
        setTyped(target.value);
        if (!(nativeEvent instanceof InputEvent && nativeEvent.isComposing)) onChange(target.value);
      }}
      onCompositionEnd={({ currentTarget }) => onChange(currentTarget.value)} // a word is asked for once it is written
      onBlur={() => setTyped(undefined)}
    />
  );
}
