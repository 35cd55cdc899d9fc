/** A secret that is shown this once: an address or a key, to be copied. */

import { Alert, Button, Input, type InputRef, Space } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { useSpeech } from "../frame/language";

interface Props {
  label: string;
  value: string;
  /** What it is for, and what to beware of. */
  says: ReactNode;
  children?: ReactNode;
}

export function Once({ label, value, says, children }: Props) {
  return (
    <div className="once">
      <Alert type="warning" showIcon title={says} />
      <Copied label={label} value={value} />
      {children}
    </div>
  );
}

/** An address with a button that copies it; where the browser forbids that, it is marked to be copied by hand. */
export function Copied({ label, value }: { label: string; value: string }) {
  const { say } = useSpeech();
  const [said, setSaid] = useState("");
  const field = useRef<InputRef>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid(say("parts.copied"));
    } catch {
      field.current?.select();
      setSaid(say("parts.copy_by_hand"));
    }
  };
  return (
    <div>
      <Space.Compact block>
        <Input ref={field} readOnly aria-label={label} value={value} onFocus={() => field.current?.select()} />
        <Button onClick={() => void copy()} aria-label={say("parts.copy_of", { label })}>
          {say("parts.copy")}
        </Button>
      </Space.Compact>
      <span role="status">{said}</span>
    </div>
  );
}
